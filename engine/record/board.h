/* board.h - what the lab and the desk share: every run's tape, marks and gauges, the control word, orders and edits.
 *
 * The board is mapped before the fork, so both processes see it at the same address. The lab adds runs and writes
 * them; the desk reads them and writes the control word. It owns the tapes: a run may be over and its Lua value
 * collected while they are still drawn, stored, exported.
 * The lab runs strangers' scripts, so the desk believes nothing it reads here that could lead outside the board:
 * dy_board_run checks cards, offsets and sizes once and hands out copies of them that are this process's own. Samples,
 * marks and outcomes stay shared; while the lab lives, their numbers and texts can be anything, and no reading of them leaves
 * the board.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"
#include "record/log.h"

#include <stdatomic.h>

typedef enum dy_status {
    DY_RUNNING,
    DY_DONE,
    DY_DIVERGED, /* the loss stopped being finite: a result, not an error */
    DY_STOPPED,  /* by a person */
    DY_FAILED,   /* by an error, or with the lab */
} dy_status;

/* "running", "done", ...; "unknown" for a value that is none of them. */
const char *dy_status_name(dy_status status);

/* Something worth remembering at a step. */
typedef enum dy_mark_kind {
    DY_MARK_SCORE, /* an evaluation on the held-out split: loss and accuracy */
    DY_MARK_NOTE,  /* text, from derny.say */
} dy_mark_kind;

typedef struct dy_mark {
    int64_t step; /* updates made before it */
    dy_mark_kind kind;
    double loss, accuracy; /* accuracy is NaN where the task has none */
    char text[104];
} dy_mark;

/* What is measured now and then besides: over the whole network, before the update of that step. */
typedef struct dy_gauge {
    int64_t step;
    float gradient_norm; /* 2-norm of the loss by the weights */
    float update_ratio;  /* 2-norm of the change of the weights by that of the weights */
} dy_gauge;

/* A picture of a network, made when someone looks: what it makes of the plane (2-D data), or its first layer. */
typedef enum dy_portrait_kind {
    DY_PORTRAIT_NONE,
    DY_PORTRAIT_PLANE, /* one tile: pixels are the likeliest class (0..254) and how sure it is (0: no more than of any other, 255:
                          wholly); or of a regression's one output 255 and 127.5 (1 + tanh) of it */
    DY_PORTRAIT_WEIGHTS, /* a tile for each unit of the first layer, an image where inputs are one: pixels are 128 + 127 w / its
                            greatest |w|, then 255 */
} dy_portrait_kind;

/* An example on the plane, in the data's coordinates. */
typedef struct dy_example {
    float x, y;
    int32_t class;    /* -1: none */
    int32_t held_out; /* 1: not trained on */
} dy_example;

enum { DY_PORTRAIT_BYTES = 1 << 19, DY_PORTRAIT_EXAMPLES = 600 };

typedef struct dy_portrait {
    dy_portrait_kind kind;
    int32_t run; /* on the board */
    int64_t step;
    int32_t width, height, tiles; /* of a tile, in pixels; how many */
    double from[2],
        to[2]; /* PLANE: the data's coordinates at the lower left and upper right corner */
    int32_t n_examples; /* PLANE: some of the data's */
    dy_example examples[DY_PORTRAIT_EXAMPLES];
    unsigned char
        pixels[DY_PORTRAIT_BYTES]; /* [tiles][height from the top][width] of two bytes */
} dy_portrait;

/* The words both sides write: lock-free, each by one side only. */
typedef struct dy_control {
    _Atomic int stop;      /* desk: 1 ends the run in hand cleanly and starts no other */
    _Atomic int64_t pulse; /* lab: goes up with each update and each call into Derny */
    _Atomic int engaged;   /* lab: 1 inside Derny's own code, where patience does not run out */
    _Atomic int paused;    /* lab: 1 while a race waits for DY_ACT_GO */
    _Atomic int
        hold; /* desk: 1: a race whose lanes are all over waits for it as well, so that a person can go back */
    _Atomic int sitter; /* desk: 1 + the run whose portrait is wanted; 0: none */
} dy_control;

/* What a run is, fixed when it is added. */
typedef struct dy_card {
    char name[64];
    char sweep[64];  /* the sweep it is a point of; empty: none */
    char point[600]; /* that point as a JSON object: {"max_lr": 0.1, "seed": 3}; empty: none */
    char data[64], model[96]; /* one line each, for tables and pictures; as the two below */
    char optimizer[96], schedule[160];
    int64_t steps;       /* planned updates */
    int64_t epoch_steps; /* updates in one epoch */
    int64_t batch;
    uint64_t seed;
    int32_t race;   /* runs of one race have the same number, from 0 */
    int32_t lane;   /* and differ in this one */
    bool branched;  /* it shares the first `from` updates with the run `parent` */
    bool aside;     /* it only tries something out: no rider, not a result */
    int32_t parent; /* on the board */
    int64_t from;
    bool range_test;  /* it is a ramp of one, whose race has one a seed */
    double smoothing; /* then: the weight of the past in its smoothed loss */
} dy_card;

/* How it went; final once the status is not DY_RUNNING. */
typedef struct dy_outcome {
    _Atomic int status; /* dy_status */
    int64_t updates;
    double seconds;                  /* in updates and evaluations */
    double train_loss;               /* mean over the last epoch's updates */
    double test_loss, test_accuracy; /* the last evaluation; NaN: none */
    char why[200];                   /* of a failed run */
    char id[40]; /* names all that decides the result, in hexadecimal; empty: nothing does */
} dy_outcome;

typedef struct dy_board dy_board;

/* One run on the board, as a view: the pointers are good until the board is closed. */
typedef struct dy_run_view {
    const dy_card *card;
    dy_outcome *outcome;
    dy_tape *tape;
    const dy_mark *marks;   /* the first dy_board_marks of them are final */
    const dy_gauge *gauges; /* the first dy_board_gauges of them */
    int32_t index;          /* on the board, from 0 */
} dy_run_view;

/* Reserves `bytes` of shared address space (pages are taken as they are written). The handle itself is this process's
 * own; a fork copies it. Fails when the space cannot be had. */
bool dy_board_open(dy_board **board, size_t bytes, dy_error *err);
void dy_board_close(dy_board *board); /* NULL is fine */

dy_control *dy_board_control(dy_board *board);

/* Adds a run with room for card->steps samples and `marks` marks, zeroed, DY_RUNNING. A name that is taken already gets
 * " (2)", " (3)", ... Fails when the board is full (65,536 runs, or no room for the tape); says how many updates would
 * still fit. threads: the lab */
bool dy_board_add(dy_board *board, const dy_card *card, int64_t marks, dy_run_view *run,
                  dy_error *err);

/* Drops a mark silently when there is no room left for it. threads: the lab */
void dy_board_mark(dy_board *board, int32_t run, const dy_mark *mark);

/* Drops a gauge silently when there is no room left for it: there is for DY_GAUGES_MOST, or one in DY_GAUGE_EVERY updates. threads: the lab */
void dy_board_gauge(dy_board *board, int32_t run, const dy_gauge *gauge);

enum { DY_GAUGES_MOST = 4096, DY_GAUGE_EVERY = 16 };

/* Orders, written by the desk, and edits, written by the lab. false: no room is left. */
bool dy_board_order(dy_board *board, const dy_order *order, const void *bytes, size_t n);
bool dy_board_edit(dy_board *board, const dy_order *edit, const void *bytes, size_t n);
/* Readers from the beginning of each. threads: any */
dy_log_reader dy_board_orders(const dy_board *board);
dy_log_reader dy_board_edits(const dy_board *board);

/* Gives back the memory of runs from .. to - 1, which are over and have been kept elsewhere: tapes, marks and gauges read as zeros
 * then; cards and outcomes stay. threads: the desk */
void dy_board_drop(dy_board *board, int32_t from, int32_t to);

/* Shows another portrait. threads: the lab */
void dy_board_show(dy_board *board, const dy_portrait *portrait);
/* Copies the portrait that is shown, if it is not the one with number *seen, and sets *seen. false: nothing new, or it is being
 * changed, or what is there is none. threads: the desk */
bool dy_board_look(const dy_board *board, uint32_t *seen, dy_portrait *portrait);

/* threads: any */
int32_t dy_board_len(const dy_board *board);
int64_t dy_board_marks(const dy_board *board, int32_t run);
int64_t dy_board_gauges(const dy_board *board, int32_t run);

/* Run i, 0 <= i < len. false: what the lab wrote there is not a run; nothing of it may be used. threads: any */
bool dy_board_run(const dy_board *board, int32_t i, dy_run_view *run);
