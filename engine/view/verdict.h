/* verdict.h - what is said of how a run goes or how it ended, in a few letters.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/plot.h"

/* The first of these that there is of any run; while one is going on, its loss. */
typedef enum dy_verdict_kind {
    DY_SAY_LOSS, /* as it is now */
    DY_SAY_ACCURACY,
    DY_SAY_TEST_LOSS,
    DY_SAY_TRAIN_LOSS,
    DY_SAY_NOTHING,
} dy_verdict_kind;

dy_verdict_kind dy_verdict_says(const dy_draft *draft);

/* "test accuracy" */
const char *dy_verdict_name(dy_verdict_kind says);

/* "97.76 %", "diverged"; empty when there is nothing to say. Fills `to`. */
void dy_verdict_text(const dy_draft *draft, int32_t run, dy_verdict_kind says, char *to,
                     size_t size);

bool dy_verdict_diverged(const dy_trace *trace);
