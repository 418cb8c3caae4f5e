/* sample.h - boards with made-up runs, for the tests of this folder.   SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "record/board.h"
#include "view/draft.h"
#include "view/scene.h"

#include <stdio.h>

/* A board of 64 MB of address space; the test ends when it cannot be had. */
dy_board *sample_board(void);

/* A run of `steps` planned updates with `len` of them made: lr falls evenly from 0.1, momentum is 0.9, the loss is
 * 2 / (1 + i / 10). epoch_steps is 10. */
dy_run_view sample_run(dy_board *board, const char *name, int64_t steps, int64_t len);

/* Ends it: DY_DONE with this accuracy, losses 0.2 and 0.25, after two seconds. */
void sample_done(dy_run_view run, double accuracy);

/* Ends it as DY_DIVERGED, with an infinite loss pushed last. */
void sample_diverged(dy_run_view run);

void sample_score(dy_board *board, dy_run_view run, int64_t step, double loss);

/* A draft of 800 x 600 for all the board's runs, with an em of 10, its parts in `arena`. */
dy_draft sample_draft(const dy_board *board, const dy_view *view, dy_arena *arena,
                      dy_error *err);

/* Reads the draft's panes, one for each of these kinds, as a scene does: their scales are set, but no pixels. */
void sample_read(dy_draft *draft, const dy_pane_spec *specs, int32_t n);

/* The first text item that begins like this; NULL: none. */
const dy_item *find_text(const dy_item *items, int64_t n, const char *beginning);

/* How many items of a kind there are. */
int count_kind(const dy_item *items, int64_t n, dy_item_kind kind);

/* All that `print` writes, NUL-terminated; freed by the caller. */
char *text_of(void (*print)(FILE *out, const dy_board *board), const dy_board *board);
