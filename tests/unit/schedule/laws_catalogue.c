/* laws_catalogue.c - what holds for every schedule of the catalogue, whatever its arguments.
 *
 * Arguments are drawn at random, so many do not go together and are refused; of each recipe enough have to be accepted. laws.c
 * holds a few schedules to more than this.
 *
 * SPDX-License-Identifier: MIT */
#include "random_spec.h"
#include "same_curve.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A library's arguments seldom go together by chance. */
enum { TRIES = 3000, ENOUGH_OWN = 150, ENOUGH = 10, TRIED = 24 };

/* One schedule under test. */
typedef struct trial {
    const dy_spec *spec;
    dy_plan plan;
    dy_span span;
    char name[600];
    dy_rng *rng;
} trial;

static dy_error err;

static bool is_own(const trial *t)
{
    return !strchr(t->spec->recipe->name, '.');
}

static void write_name(trial *t)
{
    FILE *out = fmemopen(t->name, sizeof t->name - 1, "w");
    fprintf(out, "%lld steps, %lld an epoch: ", (long long)t->span.steps,
            (long long)t->span.epoch_steps);
    dy_spec_print(t->spec, out);
    fclose(out);
}

static double random_step(const trial *t, int i)
{
    static const double FAR[] = { -1e18, -1, -0.25, 0, 1e9, 1e18, DBL_MAX, -DBL_MAX };
    if (i < 8) return FAR[i];
    double steps = (double)t->span.steps;
    return i % 2 > 0 ? (double)dy_rng_below(t->rng, t->span.steps)
                     : (2 * dy_rng_uniform(t->rng) - 0.5) * steps;
}

/* Finite, never negative, the same in any order. What a library's own gives beyond that is kept from the run by the pacer. */
static void check_values(const trial *t, const dy_curve *curve, double most)
{
    double steps[TRIED], values[TRIED], least = is_own(t) ? 0 : -DY_CURVE_MOST;
    if (!is_own(t)) most = DY_CURVE_MOST;
    for (int i = 0; i < TRIED; i++) {
        steps[i] = random_step(t, i);
        values[i] = dy_curve_at(curve, steps[i]);
        cr_assert(values[i] >= least && values[i] <= most, "%s: %g at %g", t->name, values[i],
                  steps[i]);
    }
    for (int i = TRIED - 1; i >= 0; i--)
        cr_assert(dy_curve_at(curve, steps[i]) == values[i], "%s: order matters", t->name);
}

static void check_before(const trial *t, const dy_curve *curve)
{
    double first = dy_curve_at(curve, 0);
    cr_assert(dy_curve_at(curve, -1) == first && dy_curve_at(curve, -1e18) == first,
              "%s: before 0 it is not what it is there", t->name);
}

static const dy_arg *of_role(const trial *t, dy_role role)
{
    const dy_recipe *recipe = t->spec->recipe;
    for (int i = 0; recipe->params[i].name; i++)
        if (recipe->params[i].role == role) return &t->spec->args[i];
    return NULL;
}

static int64_t own_steps(const trial *t)
{
    const dy_arg *steps = of_role(t, DY_ROLE_STEPS);
    if (!steps || !steps->given) return t->span.steps;
    double n = round(dy_time_length(steps->time, t->span));
    return n > 1 ? (int64_t)n : 1;
}

/* What it says it gives after its length is what it gives. */
static void check_after(const trial *t, const dy_curve *curve, bool is_lr)
{
    const dy_arg *after = of_role(t, DY_ROLE_AFTER);
    double steps = (double)own_steps(t), held = dy_curve_at(curve, 1e18);
    for (int i = 0; i < 8; i++) {
        double at = steps + floor(dy_rng_uniform(t->rng) * 3 * steps);
        double value = dy_curve_at(curve, at);
        switch (after->given ? (dy_after)after->real : DY_AFTER_HOLD) {
        case DY_AFTER_ZERO: cr_assert(value == (is_lr ? 0 : held), "%s", t->name); break;
        case DY_AFTER_REPEAT:
            cr_assert(value == dy_curve_at(curve, fmod(at, steps)), "%s: at %g", t->name, at);
            break;
        default: cr_assert(value == held, "%s: %g at %g, then %g", t->name, value, at, held);
        }
    }
    bool zero = after->given && (dy_after)after->real == DY_AFTER_ZERO;
    bool excluded = dy_spec_arg(t->spec, "ends") && dy_spec_arg(t->spec, "ends")->real == 1;
    if (!after->given && !excluded && !zero && dy_curve_end(curve) <= steps - 1)
        cr_assert(held == dy_curve_at(curve, steps - 1), "%s: not held", t->name);
}

/* final_lr is there at the last update, or one after it. */
static void check_end(const trial *t)
{
    const dy_arg *final = dy_spec_arg(t->spec, "final_lr"),
                 *ends = dy_spec_arg(t->spec, "ends");
    const dy_arg *rescale = dy_spec_arg(t->spec, "rescale");
    const dy_arg *after = of_role(t, DY_ROLE_AFTER);
    if (!final || !ends || (rescale && rescale->given && rescale->real == 0)) return;
    bool exclusive = ends->given && ends->real == 1;
    if (exclusive && after->given && after->real != DY_AFTER_HOLD) return;
    double end = (double)(own_steps(t) - !exclusive);
    double wanted = final->given ? final->real : 0, value = dy_curve_at(&t->plan.lr, end);
    cr_assert(value == wanted, "%s: %.17g at its end", t->name, value);
}

static void check_text(const trial *t, const dy_curve *curve, dy_arena *arena)
{
    char *text;
    size_t size;
    dy_curve again;
    FILE *out = open_memstream(&text, &size);
    dy_curve_print(curve, out);
    fclose(out);
    cr_assert(dy_curve_parse(&again, arena, text, &err), "%s: %s\n%.300s", t->name, err.text,
              text);
    cr_assert(same_curve(curve, &again), "%s: not what was printed", t->name);
    free(text);
}

/* What a run is paced by is what was drawn of it before. */
static void check_pacer(const trial *t)
{
    dy_pacer pacer = dy_pacer_make(&t->plan, 0.25);
    for (int64_t step = 0; step < t->span.steps; step += 1 + t->span.steps / 100) {
        dy_pace pace;
        double lr = dy_curve_at(&t->plan.lr, (double)step), momentum = 0.25;
        if (t->plan.momentum.n_nodes > 0)
            momentum = dy_curve_at(&t->plan.momentum, (double)step);
        bool usable = lr >= 0 && momentum >= 0 && momentum < 1;
        cr_assert(dy_pacer_at(&pacer, step, &pace, &err) == usable, "%s at %lld", t->name,
                  (long long)step);
        if (!usable) break;
        bool noisy = t->plan.n_feedbacks > 0 && t->plan.feedback[0].jitter;
        cr_assert((pace.lr == lr || noisy) && pace.momentum == momentum, "%s at %lld", t->name,
                  (long long)step);
    }
}

static void check_curve(const trial *t, const dy_curve *curve, bool is_lr, dy_arena *arena)
{
    check_values(t, curve, is_lr ? DY_CURVE_MOST : 0x1.fffffffffffffp-1);
    check_text(t, curve, arena);
    check_before(t, curve);
    if (is_own(t)) check_after(t, curve, is_lr);
}

/* A message begins with the recipe's name, and says something. */
static void check_refusal(const trial *t)
{
    size_t n = strlen(t->spec->recipe->name);
    cr_assert(strncmp(err.text, t->spec->recipe->name, n) == 0 && err.text[n] == ':' &&
                  strlen(err.text) > n + 8,
              "%s: '%s'", t->name, err.text);
}

static bool try_one(trial *t, const dy_recipe *recipe, dy_arena *arena)
{
    t->span.steps = 1 + dy_rng_below(t->rng, dy_rng_below(t->rng, 4) ? 600 : 4);
    t->span.epoch_steps = 1 + dy_rng_below(t->rng, 100);
    t->spec = random_spec(t->rng, arena, recipe, t->span.steps);
    write_name(t);
    if (!dy_spec_resolve(t->spec, t->span, &t->plan, arena, &err)) {
        check_refusal(t);
        return false;
    }
    check_curve(t, &t->plan.lr, true, arena);
    if (t->plan.momentum.n_nodes > 0) check_curve(t, &t->plan.momentum, false, arena);
    if (is_own(t)) check_end(t);
    check_pacer(t);
    return true;
}

Test(laws_catalogue, hold, .timeout = 600)
{
    dy_arena arena = dy_arena_make(0);
    dy_rng rng = dy_rng_make(11, "catalogue");
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r)) {
        int accepted = 0, enough = strchr(r->name, '.') ? ENOUGH : ENOUGH_OWN;
        trial t = { .rng = &rng };
        for (int i = 0; i < TRIES && accepted < enough; i++) {
            accepted += try_one(&t, r, &arena);
            dy_arena_close(&arena);
        }
        cr_expect(accepted == enough, "%s: only %d of %d schedules, the last: %s", r->name,
                  accepted, TRIES, err.text);
    }
}
