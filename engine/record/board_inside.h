/* board_inside.h - how a board lies in memory. For board.c and board_words.c only.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

#include <pthread.h>

enum { LINE = 64 };

/* What a run is in shared memory. Offsets are from the start of the mapping. */
struct record {
    _Alignas(LINE) dy_card card;
    int64_t marks_room;
    uint64_t marks_at, gauges_at, tape_at;
    dy_outcome outcome;
    _Atomic int64_t marks, gauges;
};

/* The portrait and its number: odd while it is being changed. */
struct frame {
    _Alignas(LINE) _Atomic uint32_t number;
    _Alignas(LINE) dy_portrait portrait;
};

/* The start of the shared mapping. */
struct shared {
    _Alignas(LINE) dy_control control;
    _Alignas(LINE) _Atomic int32_t len;
    uint64_t top; /* tapes, marks and gauges begin here; the lab's */
    struct record records[];
};

/* What this process knows of a run and nobody else can change. */
struct slot {
    bool good; /* the rest is filled and checked */
    dy_card card;
    dy_tape tape;
    const dy_mark *marks;
    int64_t marks_room;
    const dy_gauge *gauges;
};

struct dy_board {
    struct shared *shared;
    dy_log *orders, *edits; /* in the shared part, at its end, and of these sizes */
    size_t orders_bytes, edits_bytes;
    struct frame *frame;  /* NULL on a board too small for one */
    size_t bytes, mapped; /* of the shared part; with the page of zeros behind it */
    size_t own_bytes;
    size_t runs_end;      /* behind it are the logs and the portrait */
    int32_t room;         /* runs */
    pthread_mutex_t lock; /* of the slots */
    struct slot slots[];
};

/* Cuts from the end of a new board's shared part what there is one of: logs, portrait. Returns where the rest ends. */
size_t dy_board_place_words(dy_board *board);
