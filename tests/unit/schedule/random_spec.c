/* random_spec.c - see random_spec.h.   SPDX-License-Identifier: MIT */
#include "random_spec.h"

#include <math.h>
#include <string.h>

enum { LIST_MAX = 6, DEPTH = 2 };

/* What a schedule is drawn with; parts have one of their own, one less deep. */
typedef struct drawing {
    dy_rng *rng;
    dy_arena *arena;
    int64_t steps;
    int64_t
        n; /* about how long lists are: those of one schedule often have to fit each other */
    int depth;
    bool plain; /* parts are straight lines */
    const dy_recipe *recipe;
} drawing;

static bool chance(const drawing *d, int64_t one_in)
{
    return dy_rng_below(d->rng, one_in) == 0;
}

static void *taken(const drawing *d, int64_t n, size_t size)
{
    dy_error err;
    void *memory = dy_arena_take(d->arena, n, size, &err);
    DY_ASSERT(memory);
    return memory;
}

static double rate(const drawing *d)
{
    return pow(10, -6 * dy_rng_uniform(d->rng));
}

static double number(const drawing *d, dy_want want)
{
    double u = dy_rng_uniform(d->rng);
    switch (want) {
    case DY_WANT_FROM_0: return chance(d, 8) ? 0 : chance(d, 4) ? 1 + 20 * u : rate(d);
    case DY_WANT_POSITIVE: return chance(d, 2) ? 0.05 + 5 * u : 1 + 100 * u;
    case DY_WANT_FROM_1: return chance(d, 4) ? 1 : 1 + 3 * u;
    case DY_WANT_SHARE: return 0.001 + 0.998 * u;
    case DY_WANT_PART: return chance(d, 8) ? 0 : chance(d, 8) ? 1 : u;
    case DY_WANT_TO_1: return chance(d, 8) ? 1 : 0.001 + 0.998 * u;
    case DY_WANT_MOMENTUM: return 0.999 * u;
    case DY_WANT_ANY: break;
    }
    return chance(d, 4) ? 1 + (double)dy_rng_below(d->rng, d->steps) : rate(d);
}

static double count(const drawing *d)
{
    if (chance(d, 10)) return (double)dy_rng_below(d->rng, 2);
    return chance(d, 3) ? (double)d->steps : 1 + (double)dy_rng_below(d->rng, d->steps);
}

static dy_time a_time(const drawing *d, dy_want want)
{
    bool none = want != DY_WANT_POSITIVE && chance(d, 10);
    double u = none ? 0 : 0.01 + 0.98 * dy_rng_uniform(d->rng);
    switch (dy_rng_below(d->rng, 3)) {
    case 0: return (dy_time){ u, DY_FRACTION };
    case 1: return (dy_time){ 3 * u, DY_EPOCHS };
    default: return (dy_time){ none ? 0 : 1 + floor(u * (double)d->steps), DY_STEPS };
    }
}

static int64_t length(const drawing *d)
{
    return d->n + dy_rng_below(d->rng, 2);
}

static const double *reals(const drawing *d, const dy_param *param, int64_t n)
{
    double *list = taken(d, n, sizeof *list);
    bool rising = chance(d, 2); /* boundaries, in whole steps */
    for (int64_t i = 0; i < n; i++) {
        double step = 1 + (double)dy_rng_below(d->rng, d->steps / n + 1);
        list[i] = number(d, param->want);
        if (rising) list[i] = (i > 0 ? list[i - 1] : 0) + step;
    }
    return list;
}

static const dy_time *times(const drawing *d, int64_t n)
{
    dy_time *list = taken(d, n, sizeof *list);
    bool share = chance(d, 2);
    for (int64_t i = 0; i < n; i++) {
        double at = (double)(i + 1) / (double)(n + 1) * (0.5 + 0.5 * dy_rng_uniform(d->rng));
        list[i] = share ? (dy_time){ at, DY_FRACTION }
                        : (dy_time){ 1 + (double)i + floor(at * (double)d->steps), DY_STEPS };
    }
    return list;
}

static dy_ease an_ease(const drawing *d)
{
    dy_ease ease = { (dy_ease_kind)dy_rng_below(d->rng, DY_EASES), 0.1 + dy_rng_uniform(d->rng),
                     2 };
    return ease;
}

static const dy_timed_key *keys(const drawing *d, const dy_param *param, int64_t n)
{
    dy_timed_key *list = taken(d, n, sizeof *list);
    const dy_time *at = times(d, n);
    for (int64_t i = 0; i < n; i++)
        list[i] = (dy_timed_key){ at[i], number(d, param->want), an_ease(d) };
    return list;
}

static const dy_pair *pairs(const drawing *d, int64_t n)
{
    dy_pair *list = taken(d, n, sizeof *list);
    for (int64_t i = 0; i < n; i++)
        list[i] = (dy_pair){ (double)(i + 1 + i * d->steps / n), rate(d) };
    return list;
}

static size_t library_of(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot ? (size_t)(dot - name) : 0;
}

/* What the parts of a library's own begin with, where not any of that library will do. */
static const struct {
    const char *recipe, *parts;
} PARTS[] = {
    { "fastai.combine_scheds", "fastai.Sched" },
    { "ignite.LRScheduler", "torch." },
    { "ignite.ConcatScheduler", "ignite.LinearCyclical" },
    { "ignite.ParamGroupScheduler", "ignite.LinearCyclical" },
};

static bool may_be_part(const dy_recipe *part, const dy_recipe *of)
{
    size_t library = library_of(of->name);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (strcmp(PARTS[i].recipe, of->name) == 0)
            return strncmp(part->name, PARTS[i].parts, strlen(PARTS[i].parts)) == 0;
    return library_of(part->name) == library && strncmp(part->name, of->name, library) == 0;
}

static bool has_parts(const dy_recipe *recipe)
{
    for (const dy_param *p = recipe->params; p->name; p++)
        if (p->role != DY_ROLE_MOMENTUM &&
            (p->kind == DY_ARG_SCHEDULE || p->kind == DY_ARG_SCHEDULES))
            return true;
    return false;
}

static const dy_recipe *part_recipe(const drawing *d, const dy_param *param)
{
    const dy_recipe *found = NULL;
    int64_t n = 0;
    if (param->of) return dy_recipe_find(param->of);
    if (d->plain && library_of(d->recipe->name) == 0) return dy_recipe_find("linear");
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r))
        if (may_be_part(r, d->recipe) && (d->depth > 1 || !has_parts(r)) &&
            dy_rng_below(d->rng, ++n) == 0)
            found = r;
    return found;
}

static const dy_spec *momentum_part(const drawing *d)
{
    dy_spec *spec = taken(d, 1, sizeof *spec);
    bool moves = chance(d, 2);
    spec->recipe = dy_recipe_find(moves ? "linear" : "constant");
    spec->args[0] = (dy_arg){ .given = true, .real = number(d, DY_WANT_MOMENTUM) };
    return spec;
}

typedef const dy_spec *part;

static const dy_spec *draw(drawing d);

static const part *parts(const drawing *d, const dy_param *param, int64_t n)
{
    part *list = taken(d, n, sizeof(part));
    for (int64_t i = 0; i < n; i++)
        list[i] = param->role == DY_ROLE_MOMENTUM
                      ? momentum_part(d)
                      : draw((drawing){ .rng = d->rng,
                                        .arena = d->arena,
                                        .steps = d->steps,
                                        .depth = d->depth - 1,
                                        .recipe = part_recipe(d, param) });
    return list;
}

static bool falling(void *self, double x, double also, double *y, dy_error *err)
{
    (void)self, (void)also, (void)err;
    *y = 1 / (1 + fabs(x) / 10);
    return true;
}

static const double NINE_TENTHS = 0.9;
static const char *const LR = "lr", *const MOMENTUM = "momentum";

static dy_arg argument(const drawing *d, const dy_param *param)
{
    dy_arg arg = { .given = true, .n = length(d) };
    switch (param->kind) {
    case DY_ARG_REAL: arg.real = number(d, param->want); break;
    case DY_ARG_COUNT: arg.real = count(d); break;
    case DY_ARG_BOOL: arg.real = (double)dy_rng_below(d->rng, 2); break;
    case DY_ARG_TIME: arg.time = a_time(d, param->want); break;
    case DY_ARG_CHOICE:
        while (param->choices[(int)arg.real]) arg.real++;
        arg.real = (double)dy_rng_below(d->rng, (int64_t)arg.real);
        break;
    case DY_ARG_REALS: arg.reals = reals(d, param, arg.n); break;
    case DY_ARG_TIMES: arg.times = times(d, arg.n); break;
    case DY_ARG_KEYS: arg.keys = keys(d, param, arg.n); break;
    case DY_ARG_PAIRS:
    case DY_ARG_MAP: arg.pairs = pairs(d, arg.n); break;
    case DY_ARG_NAMED:
    case DY_ARG_SCHEDULE:
        arg.n = 1;
        arg.names = &LR;
        arg.specs = parts(d, param, 1);
        break;
    case DY_ARG_SCHEDULES:
        if (d->plain && library_of(d->recipe->name) == 0) arg.n = 2;
        arg.specs = parts(d, param, arg.n);
        break;
    case DY_ARG_FUNCTION: arg.call = falling; break;
    case DY_ARG_OPTIMIZER:
        arg.real = rate(d);
        arg.reals = &NINE_TENTHS;
        arg.n = !chance(d, 4);
        break;
    case DY_ARG_OPTIONS: break;
    case DY_ARG_TEXT:
    case DY_ARG_TEXTS:
        arg.n = 1;
        arg.names = chance(d, 4) ? &MOMENTUM : &LR;
        break;
    }
    return arg;
}

static const dy_spec *draw(drawing d)
{
    d.n = 1 + dy_rng_below(d.rng, LIST_MAX - 1);
    dy_spec *spec = taken(&d, 1, sizeof *spec);
    bool outermost = d.depth == DEPTH, spare = chance(&d, 4); /* nothing but what is needed */
    spec->recipe = d.recipe;
    for (int i = 0; d.recipe->params[i].name; i++) {
        const dy_param *param = &d.recipe->params[i];
        bool optimizer = param->kind == DY_ARG_OPTIMIZER;
        /* what a name means, or options of another, only its recipe knows */
        bool obscure = param->kind == DY_ARG_TEXT || param->kind == DY_ARG_OPTIONS;
        bool wanted =
            optimizer ? outermost : param->required || (!obscure && !spare && chance(&d, 4));
        if (wanted) spec->args[i] = argument(&d, param);
    }
    return spec;
}

const dy_spec *random_plain_spec(dy_rng *rng, dy_arena *arena, const dy_recipe *recipe,
                                 int64_t steps)
{
    return draw((drawing){ .rng = rng,
                           .arena = arena,
                           .steps = steps,
                           .depth = DEPTH,
                           .plain = true,
                           .recipe = recipe });
}

const dy_spec *random_spec(dy_rng *rng, dy_arena *arena, const dy_recipe *recipe, int64_t steps)
{
    return draw((drawing){
        .rng = rng, .arena = arena, .steps = steps, .depth = DEPTH, .recipe = recipe });
}
