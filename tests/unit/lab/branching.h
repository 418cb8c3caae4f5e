/* branching.h - races of several kinds and room for their past, and what it means that two runs are the same.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "ordering.h"

/* What a lane's state is made of differs in each: velocity and masks, two moments, feedback, a clipped gradient. */
enum { SGD, ADAM, PLATEAU, CLIPPED, KINDS };

/* Bytes for states: room for none, for three, for all. */
enum { N_BUDGETS = 3 };

extern const int64_t BUDGETS[N_BUDGETS];

/* A race of two lanes; orders are addressed to it. plans [2] has to last as long as s. */
struct setting *make_kind(struct setting *s, int kind, dy_spec *plans, int64_t budget);

/* The same samples, marks and outcome, bit for bit. */
void same_run(const dy_run_view *a, const dy_run_view *b);

/* The first `n` samples of both are the same bits. */
void same_start(const dy_tape *a, const dy_tape *b, int64_t n);
