/* plateau.c - when lr falls.   SPDX-License-Identifier: MIT */
#include "schedule/plateau.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static double after(const dy_plateau_spec *spec, const double *metrics, int n)
{
    dy_plateau plateau = dy_plateau_make(spec);
    for (int i = 0; i < n; i++) dy_plateau_observe(&plateau, spec, metrics[i], 1);
    return dy_plateau_lr(&plateau, spec, 1);
}

Test(plateau, it_falls_after_one_more_than_patience)
{
    dy_plateau_spec spec = dy_plateau_defaults();
    spec.patience = 2;
    static const double FLAT[] = { 1, 1, 1, 1, 1, 1, 1 };
    cr_expect(after(&spec, FLAT, 3) == 1);
    cr_expect(after(&spec, FLAT, 4) == 0.1);
    cr_expect(after(&spec, FLAT, 6) == 0.1);
    cr_expect(fabs(after(&spec, FLAT, 7) - 0.01) < 1e-17);
}

Test(plateau, improvements_below_the_threshold_do_not_count)
{
    dy_plateau_spec spec = dy_plateau_defaults();
    spec.patience = 0;
    spec.threshold = 0.1;
    cr_expect(after(&spec, (double[]){ 1, 0.95 }, 2) == 0.1);
    cr_expect(after(&spec, (double[]){ 1, 0.85 }, 2) == 1);
    spec.absolute = true;
    cr_expect(after(&spec, (double[]){ 10, 9.85 }, 2) == 1);
    spec.rising = true;
    cr_expect(after(&spec, (double[]){ 10, 10.05 }, 2) == 0.1);
    cr_expect(after(&spec, (double[]){ 10, 10.15 }, 2) == 1);
}

Test(plateau, nan_is_never_better)
{
    dy_plateau_spec spec = dy_plateau_defaults();
    spec.patience = 1;
    cr_expect(after(&spec, (double[]){ NAN, NAN }, 2) == 0.1);
    cr_expect(after(&spec, (double[]){ NAN, 1, NAN }, 3) == 1);
}

Test(plateau, cooldown)
{
    dy_plateau_spec spec = dy_plateau_defaults();
    spec.patience = 0;
    spec.cooldown = 2;
    static const double FLAT[] = { 1, 1, 1, 1, 1 };
    cr_expect(after(&spec, FLAT, 2) == 0.1);
    cr_expect(after(&spec, FLAT, 4) == 0.1);
    cr_expect(after(&spec, FLAT, 5) < 0.1);
}

Test(plateau, the_floor_does_not_lift_a_rate_that_is_below_it)
{
    dy_plateau_spec spec = dy_plateau_defaults();
    spec.least_lr = 0.5;
    dy_plateau lowered = { .scale = 0.01 };
    cr_expect(dy_plateau_lr(&lowered, &spec, 1) == 0.5);
    cr_expect(dy_plateau_lr(&lowered, &spec, 0.2) == 0.2);
}

Test(plateau, drops_smaller_than_eps_are_not_made)
{
    dy_plateau_spec spec = dy_plateau_defaults();
    spec.patience = 0;
    spec.eps = 0.95;
    cr_expect(after(&spec, (double[]){ 1, 1, 1 }, 3) == 1);
}

static const struct {
    dy_plateau_spec spec;
    const char *message;
} BAD[] = {
    { { .factor = 1 }, "factor is 1; want more than 0 and less than 1" },
    { { .factor = NAN }, "factor is nan" },
    { { .factor = 0.5, .patience = -1 }, "patience is -1; want at least 0" },
    { { .factor = 0.5, .cooldown = -1 }, "cooldown is -1; want at least 0" },
    { { .factor = 0.5, .threshold = -1 }, "threshold is -1" },
    { { .factor = 0.5, .least_lr = NAN }, "min_lr is nan" },
    { { .factor = 0.5, .eps = INFINITY }, "eps is inf" },
};

Test(plateau, bad_settings_are_refused)
{
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        dy_error err = { "" };
        cr_expect(!dy_plateau_check(&BAD[i].spec, &err));
        cr_expect(strstr(err.text, BAD[i].message), "%s", err.text);
    }
    dy_error err;
    dy_plateau_spec spec = dy_plateau_defaults();
    cr_expect(dy_plateau_check(&spec, &err));
}
