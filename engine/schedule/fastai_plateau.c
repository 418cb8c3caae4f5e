/* fastai_plateau.c - fastai's ReduceLROnPlateau: the feedback of feedback.h under its own names.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <string.h>

enum { MONITOR, COMP, MIN_DELTA, PATIENCE, FACTOR, MIN_LR, RESET_ON_FIT, LR };

static const char *const COMPS[] = { "less", "greater", NULL };

const dy_param DY_PARAMS_fastai_ReduceLROnPlateau[] = {
    [MONITOR] = { .name = "monitor",
                  .kind = DY_ARG_TEXT,
                  .meaning =
                      "what is watched (default \"valid_loss\"); here it is what the run "
                      "measures" },
    [COMP] = { .name = "comp",
               .kind = DY_ARG_CHOICE,
               .choices = COMPS,
               .meaning =
                   "less is better, or more is; without it less of what has loss or error "
                   "in its name" },
    [MIN_DELTA] = { .name = "min_delta",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_FROM_0,
                    .meaning = "the least improvement that counts" },
    [PATIENCE] = { .name = "patience",
                   .kind = DY_ARG_COUNT,
                   .preset = 1,
                   .meaning = "observations no better after which it acts" },
    [FACTOR] = { .name = "factor",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_1,
                 .preset = 10,
                 .meaning = "what lr is divided by" },
    [MIN_LR] = { .name = "min_lr",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_0,
                 .meaning = "lr is not lowered below this" },
    [RESET_ON_FIT] = { .name = "reset_on_fit",
                       .kind = DY_ARG_BOOL,
                       .preset = 1,
                       .meaning = "forget at each fit; there is one here" },
    [LR] = { .name = "lr",
             .kind = DY_ARG_REAL,
             .want = DY_WANT_FROM_0,
             .preset = 1e-3,
             .meaning = "the learner's" },
    { 0 },
};

static bool less_is_better(const dy_arg *args)
{
    const char *monitor = args[MONITOR].given ? args[MONITOR].names[0] : "valid_loss";
    if (args[COMP].given) return args[COMP].real == 0;
    return strstr(monitor, "loss") || strstr(monitor, "error");
}

/* It acts on the observation that fills its patience up: PyTorch's one earlier. */
bool dy_make_fastai_ReduceLROnPlateau(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                      dy_error *err)
{
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_PLATEAU);
    double patience = args[PATIENCE].real;
    if (args[FACTOR].real == 1)
        return dy_fail(err, "factor is 1, which changes nothing; want more than 1");
    rule.rising = !less_is_better(args);
    rule.factor = 1 / args[FACTOR].real;
    rule.patience = patience > 1 ? (int64_t)patience - 1 : 0;
    rule.threshold = args[MIN_DELTA].real;
    rule.absolute = true;
    rule.least_lr = args[MIN_LR].real;
    rule.eps = 0;
    return dy_curve_constant(&plan->lr, arena, args[LR].real, err) &&
           dy_plan_add_feedback(plan, &rule, err);
}
