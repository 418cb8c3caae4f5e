/* plateau.c - see plateau.h.   SPDX-License-Identifier: MIT */
#include "schedule/plateau.h"

#include <math.h>

dy_plateau_spec dy_plateau_defaults(void)
{
    return (dy_plateau_spec){ .factor = 0.1, .patience = 10, .threshold = 1e-4, .eps = 1e-8 };
}

static bool from_0(double x)
{
    return isfinite(x) && x >= 0;
}

bool dy_plateau_check(const dy_plateau_spec *spec, dy_error *err)
{
    if (!(spec->factor > 0 && spec->factor < 1))
        return dy_fail(err, "factor is %g; want more than 0 and less than 1", spec->factor);
    if (spec->patience < 0 || spec->cooldown < 0)
        return dy_fail(err, "%s is %lld; want at least 0",
                       spec->patience < 0 ? "patience" : "cooldown",
                       (long long)(spec->patience < 0 ? spec->patience : spec->cooldown));
    if (!from_0(spec->threshold))
        return dy_fail(err, "threshold is %g; want a number, at least 0", spec->threshold);
    if (!from_0(spec->least_lr))
        return dy_fail(err, "min_lr is %g; want a number, at least 0", spec->least_lr);
    if (!from_0(spec->eps))
        return dy_fail(err, "eps is %g; want a number, at least 0", spec->eps);
    return true;
}

dy_plateau dy_plateau_make(const dy_plateau_spec *spec)
{
    return (dy_plateau){ .scale = 1, .best = spec->rising ? -HUGE_VAL : HUGE_VAL };
}

static bool is_better(const dy_plateau_spec *spec, double metric, double best)
{
    double by = spec->threshold;
    if (spec->absolute) return spec->rising ? metric > best + by : metric < best - by;
    return spec->rising ? metric > best * (1 + by) : metric < best * (1 - by);
}

static void lower(dy_plateau *plateau, const dy_plateau_spec *spec, double lr)
{
    dy_plateau lowered = *plateau;
    lowered.scale *= spec->factor;
    double drop = dy_plateau_lr(plateau, spec, lr) - dy_plateau_lr(&lowered, spec, lr);
    if (drop > spec->eps) *plateau = lowered;
}

void dy_plateau_observe(dy_plateau *plateau, const dy_plateau_spec *spec, double metric,
                        double lr)
{
    if (is_better(spec, metric, plateau->best)) {
        plateau->best = metric;
        plateau->bad = 0;
    } else {
        plateau->bad++; /* NaN is never better */
    }
    if (plateau->cooling > 0) {
        plateau->cooling--;
        plateau->bad = 0;
    }
    if (plateau->bad <= spec->patience) return;
    lower(plateau, spec, lr);
    plateau->cooling = spec->cooldown;
    plateau->bad = 0;
}

double dy_plateau_lr(const dy_plateau *plateau, const dy_plateau_spec *spec, double lr)
{
    double lowered = lr * plateau->scale;
    if (lowered >= spec->least_lr) return lowered;
    return lr < spec->least_lr ? lr : spec->least_lr; /* a floor, not a lift */
}
