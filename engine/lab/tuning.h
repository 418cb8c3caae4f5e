/* tuning.h - which momentum, or which weight decay: a range test with each value, and a short run at what it suggests.
 *
 * A ramp of momentum or of weight decay itself, in one run, says nothing: the loss goes on falling whatever they are, and a
 * weight decay takes its time to act. But each changes which lr is best, so that values are only comparable each at its own
 * lr. source: L. Smith, A disciplined approach, 2018, arXiv:1803.09820, sections 4.3 and 4.4
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/found.h"

typedef enum dy_tunable { DY_TUNE_MOMENTUM, DY_TUNE_WEIGHT_DECAY, DY_TUNABLES } dy_tunable;

/* "momentum", "weight_decay". Of Adam momentum is beta 1. */
extern const char *const DY_TUNABLE_NAMES[];

enum { DY_TUNING_VALUES = 16 };

typedef struct dy_tuning_spec {
    dy_found_spec test; /* of each value; `try` is not looked at: all are tried */
    dy_tunable what;
    const double *values; /* [n] */
    int n;                /* 2 to DY_TUNING_VALUES */
    dy_pick pick;         /* the suggestion that each is tried at */
} dy_tuning_spec;

/* What is usual: 0 to 0.99, 0 to 0.01. Returns how many. */
int dy_tuning_defaults(dy_tunable what, double values[DY_TUNING_VALUES]);

typedef struct dy_tuning {
    dy_arena arena;
    dy_tunable what;
    dy_pick pick;
    int n;
    double values[DY_TUNING_VALUES];
    dy_found *found[DY_TUNING_VALUES];       /* NULL: not come to */
    dy_standings_row rows[DY_TUNING_VALUES]; /* of the trial */
    dy_measure by;
    int best;      /* of the n; -1: none finished */
    int64_t steps; /* of each run of the trial */
    int32_t races;
    bool stopped;
} dy_tuning;

/* Fails where a value is none that the optimizer can have, and as dy_found_open does. Closed by dy_tuning_close. */
bool dy_tuning_open(dy_tuning *tuning, dy_lab *lab, const dy_tuning_spec *spec, dy_error *err);
void dy_tuning_close(dy_tuning *tuning);

/* As a table for people; what does not fit into DY_TUNING_TEXT bytes is cut. */
enum { DY_TUNING_TEXT = 4096 };

char *dy_tuning_text(const dy_tuning *tuning, char *to, size_t size);
