/* plateau.h - feedback: lower lr when a metric stops improving.
 *
 * source: torch.optim.lr_scheduler.ReduceLROnPlateau, whose rule and defaults these are: lr falls after patience + 1
 * observations without improvement.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stdint.h>

typedef struct dy_plateau_spec {
    double factor;    /* lr is multiplied by it, 0 < factor < 1 */
    int64_t patience; /* observations without improvement that are put up with */
    double threshold; /* an improvement is at least this much, relative, */
    bool absolute;    /* or absolute */
    bool rising;      /* greater is better */
    int64_t cooldown; /* observations after a drop during which none is counted */
    double least_lr;  /* lr never falls below this (a base lr below it stays as it is) */
    double eps;       /* a drop of lr by less than this is not made */
} dy_plateau_spec;

dy_plateau_spec dy_plateau_defaults(void);
bool dy_plateau_check(const dy_plateau_spec *spec, dy_error *err);

typedef struct dy_plateau {
    double scale; /* of lr so far, 1 at the start */
    double best;
    int64_t bad, cooling;
} dy_plateau;

dy_plateau dy_plateau_make(const dy_plateau_spec *spec);

/* Takes one observation; `lr` is what the base schedule gives now, before the scale. */
void dy_plateau_observe(dy_plateau *plateau, const dy_plateau_spec *spec, double metric,
                        double lr);

/* What the scale makes of a base lr. Total */
double dy_plateau_lr(const dy_plateau *plateau, const dy_plateau_spec *spec, double lr);
