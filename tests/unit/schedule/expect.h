/* expect.h - one table for all recipes: a line, a run, and the values or the message that come of it.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "spec_text.h"

enum { EXPECTED_MAX = 8 };

typedef struct expected {
    const char *spec;
    int64_t steps, epoch_steps;

    struct {
        double step, lr, momentum; /* momentum < 0: not moved */
    } at[EXPECTED_MAX];            /* ends at the first that is all 0 after the first */
} expected;

/* Within 1e-13 of each value. */
void expect_values(const expected *cases, size_t n);

typedef struct refused {
    const char *spec, *message; /* the whole message */
} refused;

/* In a run of 1,000 updates, 100 an epoch. */
void expect_refused(const refused *cases, size_t n);
