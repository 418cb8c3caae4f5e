/* picks.c - the suggestions against fastai's, on four ramps that fastai's own rules were run on.
 *
 * tables/README.md says where the curves come from.   SPDX-License-Identifier: MIT */
#include "schedule/picks.h"

#include "schedule/range_test.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 100 };

typedef struct curve {
    int n;
    double lr[MOST], loss[MOST], smooth[MOST];
} curve;

static curve read_curve(int number)
{
    curve c = { 0 };
    char path[512], line[200];
    snprintf(path, sizeof path, "%s/fastai-lr-find-%d.csv", TABLES, number);
    FILE *file = fopen(path, "r");
    cr_assert(file && fgets(line, sizeof line, file), "%s", path);
    while (fgets(line, sizeof line, file)) {
        cr_assert(c.n < MOST);
        char *at = line;
        double *const into[] = { &c.lr[c.n], &c.loss[c.n], &c.smooth[c.n] };
        for (int i = 0; i < 3; i++, at++) *into[i] = strtod(at, &at);
        c.n++;
    }
    fclose(file);
    return c;
}

/* What fastai's valley, steep, minimum and slide give for the curve from update 10 on without its last 5. */
static const double FASTAI[][DY_PICKS] = {
    { 0.0091201083935590968, 0.30199517204020188, 0.063095734448019303, 0.047863009232263803 },
    { 0.0091201083935590968, 0.25118864315095824, 0.075857757502918358, 0.047863009232263803 },
    { 0.013182567385564075, 2.7542287033381689, 0.025118864315095822, 0.20892961308540409 },
    { 0.017782794100389233, 0.39810717055349737, 0.050118723362727199, 0.089125093813374592 },
};

Test(picks, they_are_those_of_fastai)
{
    double scratch[MOST];
    for (int number = 1; number <= 4; number++) {
        curve c = read_curve(number);
        const double *expected = FASTAI[number - 1];
        const double *lr = c.lr + 10, *loss = c.smooth + 10;
        int64_t n = c.n - 15;
        cr_expect_eq(dy_pick_valley(lr, loss, n, scratch), expected[DY_PICK_VALLEY]);
        cr_expect_eq(dy_pick_steepest(lr, loss, n), expected[DY_PICK_STEEPEST]);
        cr_expect_eq(dy_pick_minimum(lr, loss, n), expected[DY_PICK_MINIMUM]);
        cr_expect_eq(dy_pick_slide(lr, loss, n, 15, 0.005), expected[DY_PICK_SLIDE]);
    }
}

Test(picks, with_the_ends_cut_off_as_fastai_does)
{
    double picks[DY_PICKS], scratch[MOST];
    for (int number = 1; number <= 3; number++) { /* those on fastai's own ladder */
        curve c = read_curve(number);
        dy_picks_make(picks, c.lr, c.smooth, c.n, 100, scratch);
        for (int i = 0; i < DY_PICKS; i++) {
            if (number == 3 && i == DY_PICK_STEEPEST) continue;
            cr_expect_eq(picks[i], FASTAI[number - 1][i], "%s of %d", DY_PICK_NAMES[i], number);
        }
    }
}

/* The third curve falls fastest once it has got out of hand: fastai would train at lr 2.75 with Adam. */
Test(picks, the_steepest_fall_is_looked_for_before_the_least_loss)
{
    double picks[DY_PICKS], scratch[MOST];
    curve c = read_curve(3);
    dy_picks_make(picks, c.lr, c.smooth, c.n, 100, scratch);
    cr_expect(picks[DY_PICK_STEEPEST] < 10 * picks[DY_PICK_MINIMUM], "%g",
              picks[DY_PICK_STEEPEST]);
}

Test(picks, the_smoothed_loss_is_that_of_fastai)
{
    for (int number = 1; number <= 4; number++) {
        curve c = read_curve(number);
        dy_range_watch watch = dy_range_watch_make(0.98, 4);
        for (int i = 0; i < c.n; i++) {
            bool stop = dy_range_watch_add(&watch, c.loss[i]);
            double smooth = watch.smoother.sum / watch.smoother.weight;
            cr_expect(fabs(smooth - c.smooth[i]) < 1e-13, "%d:%d", number, i);
            cr_expect_eq(stop, i == c.n - 1 && c.n < 100, "%d:%d", number, i);
        }
    }
}

/* The valley as fastai writes it: in every pair, the longest fall that ends at the second. */
static double slow_valley(const double *lr, const double *loss, int n)
{
    int longest[64], end = 0;
    for (int i = 0; i < n; i++) {
        longest[i] = 1;
        for (int j = 0; j < i; j++)
            if (loss[i] < loss[j] && longest[i] <= longest[j]) longest[i] = longest[j] + 1;
        if (longest[i] > longest[end]) end = i;
    }
    int length = longest[end];
    return length < 3 ? (double)NAN : lr[end - length + length / 3 + length / 6];
}

Test(picks, the_valley_is_found_as_the_slow_way_finds_it)
{
    double lr[64], loss[64], scratch[64];
    uint32_t random = 1;
    for (int trial = 0; trial < 2000; trial++) {
        int n = 1 + trial % 64;
        for (int i = 0; i < n; i++) {
            random = random * 1664525U + 1013904223U;
            lr[i] = i;
            loss[i] = (random >> 24) % (uint32_t)(1 + trial % 37); /* with equal ones */
        }
        double slow = slow_valley(lr, loss, n);
        double fast = dy_pick_valley(lr, loss, n, scratch);
        cr_expect(slow == fast || (isnan(slow) && isnan(fast)), "%d: %g %g", n, slow, fast);
    }
}

Test(picks, a_curve_that_never_falls_has_none)
{
    double lr[] = { 1, 2, 4, 8, 16, 32, 64, 128 }, rising[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    double scratch[8];
    cr_expect(isnan(dy_pick_valley(lr, rising, 8, scratch)));
    cr_expect(isnan(dy_pick_steepest(lr, rising, 8)));
    cr_expect(isnan(dy_pick_minimum(lr, rising, 8)));
    cr_expect(isnan(dy_pick_slide(lr, rising, 8, 8, 0.005)), "no room for its window");
}

Test(picks, of_hardly_any_curve_there_are_none)
{
    double lr[] = { 1, 2, 4, 8, 16, 32, 64 }, loss[] = { 7, 6, 5, 4, 3, 2, 1 }, scratch[7];
    double picks[DY_PICKS];
    for (int n = 0; n <= 7; n++) {
        dy_picks_make(picks, lr, loss, n, 20, scratch);
        for (int i = 0; i < DY_PICKS; i++) cr_expect(isnan(picks[i]), "%d", n);
    }
}

/* loss = 3 - sin over decades: steepest at the middle, least at the end of the fall. */
static void sine(double *lr, double *loss, int n)
{
    for (int i = 0; i < n; i++) {
        double share = (double)i / (n - 1);
        lr[i] = pow(10, -6 + 7 * share);
        loss[i] = 3 + cos(M_PI * fmin(1.2, fmax(0, 2 * share - 0.5)));
    }
}

Test(picks, they_do_not_depend_on_how_fine_the_ladder_is)
{
    enum { FINE = 1600 };

    static double lr[FINE], loss[FINE], scratch[FINE];
    double coarse[DY_PICKS], fine[DY_PICKS];
    sine(lr, loss, 100);
    dy_picks_make(coarse, lr, loss, 100, 100, scratch);
    sine(lr, loss, FINE);
    dy_picks_make(fine, lr, loss, FINE, FINE, scratch);
    for (int i = 0; i < DY_PICKS; i++)
        cr_expect(fabs(log10(fine[i] / coarse[i])) < 0.2, "%s: %g %g", DY_PICK_NAMES[i],
                  coarse[i], fine[i]);
}

Test(picks, the_steepest_is_over_the_logarithm)
{
    double lr[] = { 1, 10, 11 },
           loss[] = { 3, 2, 1.5 }; /* less a decade, though less an update */
    cr_expect_eq(dy_pick_steepest(lr, loss, 3), 10);
}
