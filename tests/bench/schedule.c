/* schedule.c - how long it takes to ask a schedule for the lr of one step, in nanoseconds, for every schedule of the catalogue.
 *
 * Over a run of 93,800 updates: in order, as training asks, and in an order that no branch predictor learns. Each recipe is
 * tried with a few draws of random arguments, its parts straight lines, and the slowest is shown. Each figure is the least of many short stretches, taken
 * in turns: what the machine can do, without its other work.
 * usage: bench-schedule [NAME ...]   SPDX-License-Identifier: MIT */
#include "../unit/schedule/random_spec.h"
#include "base/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS = 93800,
    EPOCH_STEPS = 938,
    CALLS = 5000,
    RUN = 500, /* steps in a row, in order */
    ROUNDS = 40,
    DRAWS = 4,
    TRIES = 3000,
    RECIPES_MAX = 256,
};

static const double LIMIT_NS = 30;

/* A draw of a recipe, and its best times so far. */
typedef struct measured {
    const dy_recipe *recipe;
    const dy_spec *spec;
    dy_arena arena; /* of both */
    dy_curve lr;
    double ordered_ns, shuffled_ns;
} measured;

static double ordered[CALLS], shuffled[CALLS];
static measured all[RECIPES_MAX * DRAWS];
static int n_all;
static double sum; /* keeps the calls from being left out */

static void ask(const dy_curve *curve, const double *steps)
{
    for (int i = 0; i < CALLS; i++) sum += dy_curve_at(curve, steps[i]);
}

/* The first time brings what it reads into the cache. */
static double stretch_ns(const dy_curve *curve, const double *steps)
{
    ask(curve, steps);
    double start = dy_now_s();
    ask(curve, steps);
    return (dy_now_s() - start) * 1e9 / CALLS;
}

/* Arguments that go together, by trying. */
static bool draw(dy_rng *rng, const dy_recipe *recipe)
{
    for (int i = 0; i < TRIES; i++) {
        dy_plan plan;
        dy_error err;
        measured *m = &all[n_all];
        m->arena = dy_arena_make(0);
        m->recipe = recipe;
        m->spec = random_plain_spec(rng, &m->arena, recipe, STEPS);
        m->ordered_ns = m->shuffled_ns = HUGE_VAL;
        if (dy_spec_resolve(m->spec, (dy_span){ STEPS, EPOCH_STEPS }, &plan, &m->arena, &err)) {
            m->lr = plan.lr;
            n_all++;
            return true;
        }
        dy_arena_close(&m->arena);
    }
    return false;
}

static bool is_asked(const dy_recipe *recipe, int n, char **names)
{
    for (int i = 1; i < n; i++)
        if (strcmp(recipe->name, names[i]) == 0) return true;
    return n == 1;
}

static void measure(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < n_all; i++) {
            all[i].ordered_ns = fmin(all[i].ordered_ns, stretch_ns(&all[i].lr, ordered));
            all[i].shuffled_ns = fmin(all[i].shuffled_ns, stretch_ns(&all[i].lr, shuffled));
        }
    }
}

/* The slowest draw of each recipe. */
static void report(bool details)
{
    printf("in order  shuffled, ns\n");
    for (int i = 0, next; i < n_all; i = next) {
        const measured *worst = &all[i];
        for (next = i; next < n_all && all[next].recipe == all[i].recipe; next++)
            if (all[next].shuffled_ns > worst->shuffled_ns) worst = &all[next];
        bool slow = worst->ordered_ns > LIMIT_NS || worst->shuffled_ns > LIMIT_NS;
        printf("%8.1f  %8.1f %c %s\n", worst->ordered_ns, worst->shuffled_ns, slow ? '*' : ' ',
               worst->recipe->name);
        if (!slow && !details) continue;
        printf("                     ");
        dy_spec_print(worst->spec, stdout);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    dy_rng rng = dy_rng_make(1, "schedule");
    for (int i = 0; i < CALLS; i++) {
        ordered[i] = (double)(i / RUN * (STEPS / (CALLS / RUN)) + i % RUN);
        shuffled[i] = (double)dy_rng_below(&rng, STEPS);
    }
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r))
        for (int i = 0; i < DRAWS && is_asked(r, argc, argv); i++)
            if (!draw(&rng, r)) printf("no arguments found for %s\n", r->name);
    measure();
    report(argc > 1);
    for (int i = 0; i < n_all; i++) dy_arena_close(&all[i].arena);
    return sum > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
