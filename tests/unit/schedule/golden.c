/* golden.c - recipes against what other libraries print for the same arguments, row by row.
 *
 * tables/README.md says what the tables are. A row agrees when it is within four times the table's own rounding error
 * (`lr`, `momentum` below) and 1e-15 of the column's peak. Of three CyclicLR tables the error of `lr` was worked out here
 * in exact fractions: 1 + t/period - cycle loses digits that our cycles keep.
 *
 * SPDX-License-Identifier: MIT */
#include "spec_text.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 1024, COLUMNS_MAX = 3 };

typedef struct golden {
    const char *table;
    int steps;
    double lr, momentum; /* the table's rounding error; momentum < 0: not moved */
    const char *spec;
} golden;

/* clang-format off */
static const golden CASES[] = {
    { "torch-onecycle-cos-default-100", 100, 1.91e-18, 6.45e-17, "one_cycle max_lr=0.01" },
    { "torch-onecycle-linear-100", 100, 9.86e-19, 0, "one_cycle max_lr=0.01 anneal=linear" },
    { "torch-onecycle-cos-3phase-120", 120, 1.28e-17, 6.12e-17, "one_cycle max_lr=0.1 three_phase=true" },
    { "torch-onecycle-linear-3phase-400", 400, 4.49e-17, 0, "one_cycle max_lr=0.4 pct_start=0.45 div_factor=10 final_div_factor=100 anneal=linear three_phase=true" },
    { "torch-onecycle-adam-500", 500, 5.68e-19, 7.1e-17, "one_cycle max_lr=0.003" },
    { "torch-onecycle-nomom-200", 200, 7.14e-18, -1, "one_cycle max_lr=0.05 cycle_momentum=false" },
    { "torch-onecycle-pct10-1000", 1000, 1.85e-16, 7.11e-17, "one_cycle max_lr=1 pct_start=0.1 div_factor=10 final_div_factor=1000" },
    { "torch-onecycle-epochs-370", 370, 4.25e-18, 6.8e-17, "one_cycle max_lr=0.02" },
    { "torch-onecycle-total5", 5, 9.2e-19, 3.82e-17, "one_cycle max_lr=0.01" },
    { "torch-onecycle-momrange-150", 150, 1.43e-17, 1.01e-16, "one_cycle max_lr=0.1 pct_start=0.4 base_momentum=0.7 max_momentum=0.99" },
    { "torch-onecycle-odd-101", 101, 6.04e-17, 5.62e-17, "one_cycle max_lr=0.3 pct_start=0.25" },
    { "torch-onecycle-rand00", 318, 1.82e-16, 7.58e-17, "one_cycle max_lr=1.084297 pct_start=0.404 div_factor=25.35 final_div_factor=3622.69 base_momentum=0.817 max_momentum=0.954" },
    { "torch-onecycle-rand01", 847, 8.14e-19, 1.05e-16, "one_cycle max_lr=0.004776 pct_start=0.199 div_factor=29.74 final_div_factor=84529.07 base_momentum=0.625 max_momentum=0.926 three_phase=true" },
    { "torch-onecycle-rand02", 846, 9.71e-19, 8.22e-17, "one_cycle max_lr=0.005734 pct_start=0.13 div_factor=11.88 final_div_factor=5055.06 base_momentum=0.775 max_momentum=0.987" },
    { "torch-onecycle-rand03", 255, 3.26e-20, 8.99e-17, "one_cycle max_lr=0.000192 pct_start=0.491 div_factor=9.99 final_div_factor=20.54 base_momentum=0.677 max_momentum=0.936" },
    { "torch-onecycle-rand04", 363, 1.4e-17, 8.7e-17, "one_cycle max_lr=0.083662 pct_start=0.763 div_factor=51.59 final_div_factor=663199.67 base_momentum=0.589 max_momentum=0.911" },
    { "torch-onecycle-rand05", 170, 2.59e-17, 6.68e-17, "one_cycle max_lr=0.290471 pct_start=0.197 div_factor=28.98 final_div_factor=99599.34 base_momentum=0.802 max_momentum=0.964 anneal=linear three_phase=true" },
    { "torch-onecycle-rand06", 650, 7.96e-20, 6.9e-17, "one_cycle max_lr=0.000535 pct_start=0.371 div_factor=11.75 final_div_factor=246536.77 base_momentum=0.765 max_momentum=0.992 anneal=linear three_phase=true" },
    { "torch-onecycle-rand07", 708, 3.86e-17, 6.8e-17, "one_cycle max_lr=0.195477 pct_start=0.388 div_factor=55.99 final_div_factor=199.62 base_momentum=0.79 max_momentum=0.915 three_phase=true" },
    { "torch-onecycle-rand08", 672, 7.62e-19, 8.39e-17, "one_cycle max_lr=0.004334 pct_start=0.871 div_factor=4.73 final_div_factor=10.17 base_momentum=0.733 max_momentum=0.946" },
    { "torch-onecycle-rand09", 381, 5.08e-18, 6.84e-17, "one_cycle max_lr=0.03852 pct_start=0.914 div_factor=3.13 final_div_factor=1.51 base_momentum=0.748 max_momentum=0.923 anneal=linear" },
    { "torch-cyclic-triangular-120", 120, 4.54e-19, 0, "cyclical base_lr=0.001 max_lr=0.006 step_up=20 cycle_momentum=true" },
    { "torch-cyclic-triangular2-200", 200, 1.73e-18, 0, "cyclical base_lr=0.001 max_lr=0.01 step_up=20 mode=triangular2 cycle_momentum=true" },
    { "torch-cyclic-exprange-300", 300, 1.36e-18, 5.9e-17, "cyclical base_lr=0.001 max_lr=0.01 step_up=25 mode=exp_range gamma=0.99 cycle_momentum=true" },
    { "torch-cyclic-asym-160", 160, 1.35e-16, 0, "cyclical base_lr=0.01 max_lr=0.1 step_up=10 step_down=30 cycle_momentum=true" },
    { "torch-cyclic-nomom-100", 100, 6.54e-18, -1, "cyclical base_lr=0.01 max_lr=0.1 step_up=10" },
    { "torch-cyclic-adam-200", 200, 2.46e-19, 0, "cyclical base_lr=0.0001 max_lr=0.003 step_up=40 step_down=20 cycle_momentum=true" },
    { "torch-cyclic-default-size-1000", 1000, 3.24e-19, 0, "cyclical base_lr=0.001 max_lr=0.006 step_up=2000 cycle_momentum=true" },
    { "torch-cyclic-momrange-150", 150, 1.82e-18, 7.52e-17, "cyclical base_lr=0.001 max_lr=0.01 step_up=15 mode=triangular2 cycle_momentum=true base_momentum=0.6 max_momentum=0.98" },
    { "torch-cyclic-rand00", 600, 1.15e-16, 6.87e-17, "cyclical base_lr=0.0157203 max_lr=0.065278 step_up=31 step_down=25 cycle_momentum=true base_momentum=0.829 max_momentum=0.99" },
    { "torch-cyclic-rand01", 600, 6.79e-15, 5.62e-17, "cyclical base_lr=0.0016733 max_lr=0.449574 step_up=1 step_down=109 mode=triangular2 cycle_momentum=true base_momentum=0.831 max_momentum=0.882" },
    { "torch-cyclic-rand02", 600, 1.13e-16, 6.84e-17, "cyclical base_lr=0.0010697 max_lr=1.228101 step_up=24 step_down=43 mode=triangular2 cycle_momentum=true base_momentum=0.648 max_momentum=0.894" },
    { "torch-cyclic-rand03", 600, 9.39e-19, 6.26e-17, "cyclical base_lr=7.99e-05 max_lr=0.015125 step_up=109 step_down=26 mode=exp_range gamma=0.98675 cycle_momentum=true base_momentum=0.597 max_momentum=0.952" },
    { "torch-cyclic-rand04", 600, 1.37e-16, 6.58e-17, "cyclical base_lr=0.0228007 max_lr=2.852402 step_up=95 step_down=28 mode=exp_range gamma=0.97983 cycle_momentum=true base_momentum=0.439 max_momentum=0.935" },
    { "torch-cyclic-rand05", 600, 6.4e-17, 6.46e-17, "cyclical base_lr=0.046499 max_lr=0.912995 step_up=14 step_down=35 mode=triangular2 cycle_momentum=true base_momentum=0.814 max_momentum=0.987" },
    { "torch-exp-0.9-100", 100, 1.44e-18, -1, "exponential lr=0.01 gamma=0.9 per=1" },
    { "torch-exp-0.95-200", 200, 8.79e-19, -1, "exponential lr=0.01 gamma=0.95 per=1" },
    { "torch-exp-0.999-1000", 1000, 8.14e-18, -1, "exponential lr=0.01 gamma=0.999 per=1" },
    { "torch-step-30-0.1", 100, 4.16e-19, -1, "step lr=0.05 gamma=0.1 every=30" },
    { "torch-step-7-0.5", 100, 0, -1, "step lr=0.05 gamma=0.5 every=7" },
    { "torch-multistep-30-80", 100, 4.16e-19, -1, "multi_step lr=0.05 gamma=0.1 milestones=30,80" },
    { "torch-multistep-10-20", 50, 0, -1, "multi_step lr=0.05 gamma=0.5 milestones=10,20" },
    { "torch-constant-default", 20, 2.78e-18, -1, "piecewise boundaries=5 values=0.016666666666666666,0.05" },
    { "torch-constant-half-40", 100, 0, -1, "piecewise boundaries=40 values=0.025,0.05" },
    { "torch-linear-default", 20, 7.84e-18, -1, "linear lr=0.016666666666666666 final_lr=0.05 steps=5 ends=exclusive" },
    { "torch-linear-up-40", 100, 2.48e-17, -1, "linear lr=0.0025000000000000005 final_lr=0.05 steps=40 ends=exclusive" },
    { "torch-linear-down-60", 80, 7.92e-17, -1, "linear lr=0.2 final_lr=0.020000000000000004 steps=60 ends=exclusive" },
    { "torch-poly-default", 12, 3.47e-18, -1, "polynomial lr=0.05 power=1 steps=5 ends=exclusive" },
    { "torch-poly-0.9-50", 80, 6.68e-18, -1, "polynomial lr=0.05 power=0.9 steps=50 ends=exclusive" },
    { "torch-poly-1-100", 120, 3.7e-17, -1, "polynomial lr=0.1 power=1 steps=100 ends=exclusive" },
    { "torch-cosine-100", 100, 5.04e-17, -1, "cosine lr=0.1 steps=100 ends=exclusive" },
    { "torch-cosine-300-min", 301, 7.45e-17, -1, "cosine lr=0.05 final_lr=0.002 steps=300 ends=exclusive" },
    { "torch-warmrestarts-20-1", 100, 5.77e-18, -1, "cosine_restarts lr=0.05 first=20" },
    { "torch-warmrestarts-10-2", 160, 1.5e-17, -1, "cosine_restarts lr=0.1 first=10 mult=2" },
    { "torch-warmrestarts-10-3", 420, 2.11e-17, -1, "cosine_restarts lr=0.1 final_lr=0.0001 first=10 mult=3" },
    { "torch-warmrestarts-frac-10-2-16", 800, 1.99e-17, -1, "cosine_restarts lr=0.1 first=160 mult=2" },
    { "torch-sequential-warmup-cosine", 100, 3.95e-17, -1, "warm_up length=10 start_factor=0.1 schedule=(cosine lr=0.1 steps=90 ends=exclusive)" },
    { "torch-sequential-constant-exp", 60, 6.5e-18, -1, "sequence at=20 schedules=(piecewise boundaries=20 values=0.005000000000000001,0.05),(exponential lr=0.05 gamma=0.9 per=1)" },
    { "torch-sequential-warmup-step", 100, 2.19e-17, -1, "warm_up length=5 start_factor=0.01 schedule=(step lr=0.2 gamma=0.2 every=20)" },
    { "torch-sequential-three-stage", 170, 3.57e-17, -1, "sequence at=20,70 schedules=(linear lr=0.005000000000000001 final_lr=0.1 steps=20 ends=exclusive),(constant lr=0.1),(polynomial lr=0.1 power=0.9 steps=80 ends=exclusive)" },
    { "torch-sequential-warmup-multistep", 100, 3.86e-17, -1, "warm_up length=8 start_factor=0.2 schedule=(multi_step lr=0.2 gamma=0.3 milestones=30,60)" },
    { "torch-plateau-default", 200, 0, -1, "plateau lr=0.1" },
    { "torch-plateau-max-rel", 200, 0, -1, "plateau lr=0.1 mode=max factor=0.5 patience=5" },
    { "torch-plateau-min-abs", 150, 1.67e-18, -1, "plateau lr=0.1 mode=min factor=0.3 patience=4 threshold=0.01 threshold_mode=abs" },
    { "torch-plateau-cooldown-minlr", 200, 1.67e-18, -1, "plateau lr=0.1 factor=0.2 patience=3 cooldown=5 min_lr=0.0001" },
    { "torch-plateau-rand0", 400, 4.42e-18, -1, "plateau lr=0.1 mode=max factor=0.796 patience=11 threshold=0.009038 threshold_mode=rel cooldown=7 min_lr=0.00021275" },
    { "torch-plateau-rand1", 400, 6.85e-18, -1, "plateau lr=0.1 mode=min factor=0.876 patience=1 threshold=0.001304 threshold_mode=rel cooldown=6 min_lr=4.278e-05" },
    { "torch-plateau-rand2", 400, 3.46e-18, -1, "plateau lr=0.1 mode=min factor=0.748 patience=6 threshold=0.000689 threshold_mode=abs cooldown=2 min_lr=0.0001931" },
    { "keras-exp", 500, 1.64e-17, -1, "exponential lr=0.1 gamma=0.96 per=100" },
    { "keras-exp-stair", 500, 9.5e-18, -1, "exponential lr=0.1 gamma=0.96 per=100 staircase=true" },
    { "article-onecycle", 100, 0, -1, "one_cycle style=article max_lr=0.01 base_lr=0.001 cycle_momentum=false" },
    { "article-onecycle-60", 60, 8.88e-18, -1, "one_cycle style=article max_lr=0.1 base_lr=0.02 cycle_momentum=false" },
    { "article-exp", 100, 1.81e-18, -1, "exponential lr=0.01 k=0.1 per=20" },
    { "article-exp-fast", 150, 2.33e-17, -1, "exponential lr=0.2 k=0.96 per=10" },
    { "article-piecewise", 30, 0, -1, "piecewise boundaries=10,20 values=0.01,0.005,0.001" },
    { "article-cyclical", 50, 2.17e-18, -1, "cyclical base_lr=0.001 max_lr=0.006 step_up=10" },
    { "article-cyclical-25", 200, 4.31e-17, -1, "cyclical base_lr=0.01 max_lr=0.1 step_up=25" },
    { "torch-onecycle-more0", 279, 1.58e-19, 0, "one_cycle max_lr=0.0012921 pct_start=0.13 div_factor=38 final_div_factor=10000 anneal=linear" },
    { "torch-onecycle-more2", 382, 8.69e-18, 6.86e-17, "one_cycle max_lr=0.0411682 pct_start=0.25 div_factor=36 final_div_factor=1000" },
    { "torch-onecycle-more4", 148, 4.11e-18, 6.8e-17, "one_cycle max_lr=0.0298324 pct_start=0.25 div_factor=27 final_div_factor=100000" },
    { "torch-onecycle-more6", 546, 4.45e-17, 6.89e-17, "one_cycle max_lr=0.2264988 pct_start=0.55 div_factor=42 final_div_factor=1" },
    { "torch-cyclic-more0", 400, 3.99e-17, 0, "cyclical base_lr=2.2e-05 max_lr=0.2661149 step_up=33 cycle_momentum=true" },
    { "torch-cyclic-more2", 400, 3.43e-18, 0, "cyclical base_lr=0.0015859 max_lr=0.0379156 step_up=58 mode=triangular2 cycle_momentum=true" },
    { "torch-cyclic-more4", 400, 5.38e-17, 5.66e-17, "cyclical base_lr=0.0028967 max_lr=0.3991793 step_up=66 mode=exp_range gamma=0.99281 cycle_momentum=true" },
    { "torch-exp-rand0", 600, 2.16e-19, -1, "exponential lr=0.0019688 gamma=0.94163 per=1" },
    { "torch-step-rand0", 300, 1.08e-17, -1, "step lr=0.1965767 gamma=0.895 every=16" },
    { "torch-multistep-rand0", 300, 2.81e-18, -1, "multi_step lr=0.112403 gamma=0.481 milestones=51,132,212" },
    { "torch-linear-rand0", 250, 6.43e-19, -1, "linear lr=8.7768e-05 final_lr=0.000309573 steps=172 ends=exclusive" },
    { "torch-poly-rand0", 250, 4.58e-16, -1, "polynomial lr=0.8001666 power=1.073 steps=173 ends=exclusive" },
    { "torch-constant-rand0", 60, 3.1e-21, -1, "piecewise boundaries=2 values=0.00022115220000000003,0.0011226" },
    { "torch-warmrestarts-rand0", 600, 3.03e-19, -1, "cosine_restarts lr=0.0041041 final_lr=0.000162933 first=5" },
    { "torch-sequential-warmup-cosine-rand0", 88, 2.25e-16, -1, "warm_up length=9 start_factor=0.262 schedule=(cosine lr=0.6777305 final_lr=0.0001 steps=79 ends=exclusive)" },
    { "torch-exp-rand2", 600, 3.1e-20, -1, "exponential lr=0.0003276 gamma=0.92316 per=1" },
    { "torch-step-rand2", 300, 9.92e-19, -1, "step lr=0.0337594 gamma=0.725 every=10" },
    { "torch-multistep-rand2", 300, 3.51e-20, -1, "multi_step lr=0.0009518 gamma=0.52 milestones=20,45,159,192,208,221,225" },
    { "torch-linear-rand2", 250, 9.6e-17, -1, "linear lr=0.001499834 final_lr=0.096310769 steps=83 ends=exclusive" },
    { "torch-poly-rand2", 250, 1.37e-19, -1, "polynomial lr=0.0011817 power=1.372 steps=67 ends=exclusive" },
    { "torch-constant-rand2", 60, 9.65e-18, -1, "piecewise boundaries=33 values=0.2254362388,0.2579362" },
    { "torch-warmrestarts-rand2", 600, 1.03e-16, -1, "cosine_restarts lr=0.5060392 final_lr=0.016598086 first=33 mult=3" },
    { "torch-sequential-warmup-cosine-rand2", 162, 1.81e-17, -1, "warm_up length=16 start_factor=0.412 schedule=(cosine lr=0.0370111 final_lr=0.0001 steps=146 ends=exclusive)" },
    { "torch-lambda-cos", 200, 6.93e-18, -1, "cosine lr=0.1 steps=200 ends=exclusive" },
    { "keras-exp-rand0", 320, 5.3e-17, -1, "exponential lr=0.3383565 gamma=0.759 per=186" },
    { "article-onecycle-rand0", 125, 2.46e-17, -1, "one_cycle style=article max_lr=0.225693 base_lr=0.0004946 cycle_momentum=false" },
    { "article-exp-rand0", 200, 8.31e-17, -1, "exponential lr=0.5349132 k=0.419 per=48" },
    { "article-cyclical-rand0", 300, 1.37e-17, -1, "cyclical base_lr=0.0001071 max_lr=0.1563322 step_up=32" },
    { "keras-exp-rand2", 320, 1.8e-19, -1, "exponential lr=0.0179836 gamma=0.342 per=194 staircase=true" },
    { "article-onecycle-rand2", 215, 2.25e-17, -1, "one_cycle style=article max_lr=0.1603595 base_lr=0.0074444 cycle_momentum=false" },
    { "article-exp-rand2", 200, 3.73e-19, -1, "exponential lr=0.0028974 k=1.491 per=73" },
    { "article-cyclical-rand2", 300, 4.56e-17, -1, "cyclical base_lr=0.0007514 max_lr=0.092705 step_up=43" },
};

/* clang-format on */

typedef struct table {
    double rows[ROWS_MAX][COLUMNS_MAX + 1]; /* [n x step, lr and what the header names] */
    int n;
    bool metric; /* column 2 is the metric, not momentum */
} table;

static table *read_table(const char *name)
{
    static table t;
    char path[512], line[256];
    snprintf(path, sizeof path, "%s/%s.csv", TABLES, name);
    FILE *in = fopen(path, "r");
    cr_assert(in, "%s", path);
    t.n = 0;
    cr_assert(fgets(line, sizeof line, in));
    t.metric = strstr(line, "metric") != NULL;
    while (fgets(line, sizeof line, in)) {
        char *at = line;
        cr_assert(t.n < ROWS_MAX);
        for (int i = 0; i <= COLUMNS_MAX && *at && *at != '\n'; i++) {
            t.rows[t.n][i] = strtod(at, &at);
            if (*at == ',') at++;
        }
        t.n++;
    }
    fclose(in);
    return &t;
}

static double peak(const table *t, int column)
{
    double most = 0;
    for (int i = 0; i < t->n; i++) most = fmax(most, fabs(t->rows[i][column]));
    return most;
}

static void compare(const golden *g, const table *t, int row, int column, double mine,
                    double noise)
{
    double theirs = t->rows[row][column];
    double allowed = 4 * noise + 1e-15 * peak(t, column);
    cr_expect(fabs(mine - theirs) <= allowed, "%s row %d column %d: %.17g, theirs %.17g",
              g->table, row, column, mine, theirs);
}

static void check(const golden *g, dy_arena *arena)
{
    dy_error err;
    dy_plan plan;
    const table *t = read_table(g->table);
    cr_assert(t->n == g->steps, "%s: %d rows", g->table, t->n);
    cr_assert(plan_of_text(&plan, arena, g->spec, g->steps, g->steps, &err), "%s: %s", g->table,
              err.text);
    dy_pacer pacer = dy_pacer_make(&plan, 0.9);
    cr_expect((plan.momentum.n_nodes > 0) == (g->momentum >= 0), "%s", g->table);
    for (int row = 0; row < t->n; row++) {
        dy_pace pace;
        cr_assert(dy_pacer_at(&pacer, row, &pace, &err), "%s: %s", g->table, err.text);
        compare(g, t, row, 1, pace.lr, g->lr);
        if (g->momentum >= 0) compare(g, t, row, 2, pace.momentum, g->momentum);
        if (t->metric) dy_pacer_observe(&pacer, row, t->rows[row][2]);
    }
}

Test(golden, every_row_of_every_table)
{
    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) check(&CASES[i], &arena);
    dy_arena_close(&arena);
}
