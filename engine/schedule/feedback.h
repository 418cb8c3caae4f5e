/* feedback.h - a rule by which lr follows what a run measures, and the memory that following it takes.
 *
 * A rule lies over an lr curve. It counts observations that are better than the best so far and those that are not, and
 * when one of the two have gone on for longer than `patience`, makes lr lower or greater by `factor`. Over a base that
 * does not move, lr goes from value to value as the libraries' schedulers take it, to the last digit; over one that
 * does, as a part of it.
 *
 * source: PLATEAU: torch.optim.lr_scheduler.ReduceLROnPlateau of PyTorch. GREEDY: GreedyLR of Hugging Face transformers; S.
 * Subramanian et al., GreedyLR, 2025, arXiv:2512.14527. KERAS: the callback ReduceLROnPlateau of Keras 3.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stdint.h>

struct dy_curve;

enum { DY_FEEDBACK_WINDOW = 512 }; /* observations that can be averaged */

typedef enum dy_feedback_kind {
    DY_FEEDBACK_PLATEAU, /* lr falls after patience + 1 observations in a row that are no better */
    DY_FEEDBACK_GREEDY, /* and rises after patience + 1 in a row that are */
    DY_FEEDBACK_KERAS,  /* lr falls at the patience-th in a row that is no better */
} dy_feedback_kind;

typedef struct dy_feedback_rule {
    dy_feedback_kind kind;
    int64_t from, until; /* the updates it is in force for: from <= step < until */
    double factor;       /* lr is multiplied by it, 0 <= factor < 1; to rise, divided */
    int64_t patience;    /* observations in a row that change nothing yet */
    double threshold;    /* an improvement is more than this, relative, */
    bool absolute;       /* or absolute; of KERAS always */
    bool rising;         /* greater is better */
    int64_t cooldown;    /* observations after a fall that are not counted */
    double least_lr;     /* lr never falls below this (a base lr below it stays as it is) */
    double eps;          /* a change of lr by no more than this is not made */
    /* of GREEDY: */
    double most_lr;      /* lr never rises above this (a base lr above it stays as it is) */
    int64_t warmup;      /* observations after a rise that are not counted */
    int64_t window;      /* observations that are averaged; 0: each as it is */
    int64_t reset_after; /* falls at least_lr after which it starts anew; 0: the first */
    /* Noise over what the rule gives: lr + lr jitter(step - origin). NULL: none. Borrowed while in use */
    const struct dy_curve *jitter;
    int64_t origin;
} dy_feedback_rule;

/* The settings of the library's own scheduler, in force for the whole run. */
dy_feedback_rule dy_feedback_defaults(dy_feedback_kind kind);

/* Fails when a setting is out of the range named above; names it as scripts do: "min_lr". */
bool dy_feedback_check(const dy_feedback_rule *rule, dy_error *err);

/* What one run has seen of it. */
typedef struct dy_feedback {
    double scale;    /* of the base lr so far, 1 at the start */
    double base, lr; /* at the last change: the base, and what it made of it; NaN before */
    double best;
    int64_t good, bad;        /* observations in a row that were better, or not */
    int64_t cooling, warming; /* observations that are still not counted */
    int64_t stuck;            /* falls at least_lr */
    double seen[DY_FEEDBACK_WINDOW],
        sum; /* the last n_seen % window observations, and their sum */
    int64_t n_seen;
} dy_feedback;

dy_feedback dy_feedback_make(const dy_feedback_rule *rule);

/* Takes one observation; `base` is what the curve beneath gives now. */
void dy_feedback_observe(dy_feedback *feedback, const dy_feedback_rule *rule, double metric,
                         double base);

/* What it makes of a base lr, but for the noise. Total */
double dy_feedback_lr(const dy_feedback *feedback, const dy_feedback_rule *rule, double base);
