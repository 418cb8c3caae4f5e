/* ignite_compose.c - PyTorch-Ignite's schedulers made of others, of PyTorch's and of its own.
 *
 * All of them set parameters of one optimizer, and each goes on from where its own calls have brought it.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/ignite.h"

#include <math.h>
#include <string.h>

enum { LR_SCHEDULER = 1, LR_SAVE_HISTORY, USE_LEGACY };

const dy_param DY_PARAMS_ignite_LRScheduler[] = {
    DY_PARAM_OPTIMIZER,
    [LR_SCHEDULER] = { .name = "lr_scheduler",
                       .kind = DY_ARG_SCHEDULE,
                       .required = true,
                       .meaning = "a scheduler of derny.torch" },
    DY_IGNITE_SAVE_HISTORY,
    [USE_LEGACY] = { .name = "use_legacy",
                     .kind = DY_ARG_BOOL,
                     .meaning = "called after each update instead of before it" },
    { 0 },
};

/* ignite finds the next cosine on its own, which PyTorch's first step was for: the first rate of all is left out. */
static bool skips_first(const dy_torch *torch)
{
    return torch->recipe->stepper == &DY_TORCH_CosineAnnealingWarmRestarts;
}

bool dy_ignite_wrap(dy_ignite *s, const dy_ignite *whole, const dy_spec *spec, int depth,
                    dy_arena *arena, dy_error *err)
{
    s->group = whole->group;
    s->param_name = "lr";
    if (!dy_torch_build(&s->torch, spec, s->group, depth + 1, arena, err)) return false;
    const dy_torch_class *class = spec->recipe->stepper;
    const dy_arg *epochs = dy_spec_arg(spec, "iters_per_epoch");
    if (epochs && epochs->given)
        return dy_fail(err, "iters_per_epoch is given, but ignite steps without an epoch; want "
                            "T_0 in updates");
    if (!class->next)
        return dy_fail(err,
                       "%s has no get_lr(), which ignite calls; want ignite.ConcatScheduler "
                       "of several LRSchedulers",
                       spec->recipe->name);
    if (skips_first(&s->torch)) s->torch.epoch++;
    return true;
}

static bool lr_open(dy_ignite *s, int depth, dy_arena *arena, dy_error *err)
{
    if (!dy_ignite_wrap(s, s, *s->args[LR_SCHEDULER].specs, depth, arena, err)) return false;
    s->called_after = s->args[USE_LEGACY].real != 0;
    if (s->called_after) s->torch.epoch++;
    return true;
}

/* PyTorch's cosine gives its closed form until it has been stepped, which ignite never does. */
static bool lr_value(dy_ignite *s, double *value, dy_error *err)
{
    const dy_torch_class *class = s->torch.recipe->stepper;
    if (class == &DY_TORCH_CosineAnnealingLR && s->torch.epoch > 0) {
        *value = class->closed(&s->torch);
        return true;
    }
    return class->next(&s->torch, value, err) || dy_fail_in(err, "%s", s->torch.recipe->name);
}

static void lr_after(dy_ignite *s)
{
    s->torch.epoch++;
}

const dy_ignite_class DY_IGNITE_LRScheduler = { .open = lr_open,
                                                .value = lr_value,
                                                .after = lr_after };

#define SCHEDULERS                                                                             \
    {                                                                                          \
        .name = "schedulers", .kind = DY_ARG_SCHEDULES, .required = true,                      \
        .meaning = "schedulers of derny.ignite"                                                \
    }

enum { SCHEDULERS_AT = 1, NAMES };

const dy_param DY_PARAMS_ignite_ParamGroupScheduler[] = {
    DY_PARAM_OPTIMIZER,
    SCHEDULERS,
    [NAMES] = { .name = "names",
                .kind = DY_ARG_TEXTS,
                .meaning = "what each is logged as; moves nothing here" },
    DY_IGNITE_SAVE_HISTORY,
    { 0 },
};

static bool group_open(dy_ignite *s, int depth, dy_arena *arena, dy_error *err)
{
    const dy_arg *names = &s->args[NAMES];
    if (!dy_ignite_build_parts(s, &s->args[SCHEDULERS_AT], depth, arena, err)) return false;
    for (int64_t i = 0; i < s->n_parts; i++) {
        const dy_ignite_class *class = s->parts[i].recipe->stepper;
        if (class->group)
            return dy_fail(err,
                           "part %lld is a ParamGroupScheduler, which ignite does not take "
                           "into another; want its schedulers here",
                           (long long)i + 1);
    }
    return !names->given || names->n == s->n_parts ||
           dy_fail(err, "%lld names for %lld schedulers; want one for each",
                   (long long)names->n, (long long)s->n_parts);
}

static bool group_call(dy_ignite *s, dy_error *err)
{
    for (int64_t i = 0; i < s->n_parts; i++)
        if (!dy_ignite_call(&s->parts[i], err))
            return dy_fail_in(err, "part %lld: %s", (long long)i + 1, s->parts[i].recipe->name);
    return true;
}

const dy_ignite_class DY_IGNITE_ParamGroupScheduler = { .open = group_open,
                                                        .call = group_call,
                                                        .group = true };

enum { DURATIONS = 2 };

const dy_param DY_PARAMS_ignite_ConcatScheduler[] = {
    DY_PARAM_OPTIMIZER,
    SCHEDULERS,
    [DURATIONS] = { .name = "durations",
                    .kind = DY_ARG_REALS,
                    .required = true,
                    .meaning = "the updates of each but the last" },
    DY_IGNITE_SAVE_HISTORY,
    { 0 },
};

/* The one parameter that it and all within it set; NULL where there are several. */
static const char *name_of(const dy_ignite *s)
{
    const dy_ignite_class *class = s->recipe->stepper;
    if (!class->group) return s->param_name;
    for (int64_t i = 1; i < s->n_parts; i++)
        if (strcmp(s->parts[i].param_name, s->parts[0].param_name) != 0) return NULL;
    return s->parts[0].param_name;
}

static bool take_name(dy_ignite *s, dy_error *err)
{
    for (int64_t i = 0; i < s->n_parts; i++) {
        const char *name = name_of(&s->parts[i]);
        if (!name || (i > 0 && strcmp(name, s->param_name) != 0))
            return dy_fail(err,
                           "part %lld sets %s; ignite wants all to set the same, and "
                           "ParamGroupScheduler around it all for several",
                           (long long)i + 1, name ? name : "several parameters");
        s->param_name = name;
    }
    return true;
}

static void set_up(dy_ignite *s)
{
    s->left = s->at < s->n_parts - 1 ? s->durations[s->at] : -1;
}

static bool concat_open(dy_ignite *s, int depth, dy_arena *arena, dy_error *err)
{
    const dy_arg *schedulers = &s->args[SCHEDULERS_AT], *durations = &s->args[DURATIONS];
    if (schedulers->n < 2) return dy_fail(err, "one scheduler; ignite wants more than one");
    if (schedulers->n != durations->n + 1)
        return dy_fail(err, "%lld schedulers for %lld durations; want one scheduler more",
                       (long long)schedulers->n, (long long)durations->n);
    for (int64_t i = 0; i < durations->n; i++)
        if (durations->reals[i] != floor(durations->reals[i]))
            return dy_fail(err, "durations[%lld] is %g; ignite wants whole numbers",
                           (long long)i + 1, durations->reals[i]);
    if (!dy_ignite_build_parts(s, schedulers, depth, arena, err)) return false;
    s->durations = durations->reals;
    set_up(s);
    return take_name(s, err);
}

static bool concat_value(dy_ignite *s, double *value, dy_error *err)
{
    return dy_ignite_value(&s->parts[s->at], value, err);
}

/* The next one's turn comes when exactly none is left: after one without any, it never does. */
static bool concat_call(dy_ignite *s, dy_error *err)
{
    if (s->left == 0) {
        s->at++;
        set_up(s);
    }
    s->left--;
    return dy_ignite_call(&s->parts[s->at], err) ||
           dy_fail_in(err, "part %lld: %s", (long long)s->at + 1, s->parts[s->at].recipe->name);
}

const dy_ignite_class DY_IGNITE_ConcatScheduler = { .open = concat_open,
                                                    .value = concat_value,
                                                    .call = concat_call };

enum { W_SCHEDULER = 1, W_START, W_DURATION, W_END };

const dy_param DY_PARAMS_ignite_create_lr_scheduler_with_warmup[] = {
    DY_PARAM_OPTIMIZER,
    [W_SCHEDULER] = { .name = "lr_scheduler",
                      .kind = DY_ARG_SCHEDULE,
                      .required = true,
                      .meaning = "what follows, of derny.ignite or derny.torch" },
    [W_START] = { .name = "warmup_start_value",
                  .kind = DY_ARG_REAL,
                  .required = true,
                  .meaning = "the rate at the start" },
    [W_DURATION] = { .name = "warmup_duration",
                     .kind = DY_ARG_COUNT,
                     .required = true,
                     .meaning = "the updates of the rise, more than 1" },
    [W_END] = { .name = "warmup_end_value",
                .kind = DY_ARG_REAL,
                .meaning = "the rate at its end; without it the optimizer's" },
    DY_IGNITE_SAVE_HISTORY,
    { 0 },
};

static bool is_torch(const dy_spec *spec)
{
    return spec->recipe && spec->recipe->make == dy_make_torch;
}

/* What follows the warm-up; *first is the rate that it begins with. */
static bool follow_up(dy_ignite *s, dy_ignite *part, double *first, int depth, dy_arena *arena,
                      dy_error *err)
{
    static const dy_recipe wrapper = { .name = "LRScheduler",
                                       .stepper = &DY_IGNITE_LRScheduler };
    const dy_spec *spec = *s->args[W_SCHEDULER].specs;
    if (is_torch(spec)) {
        part->recipe = &wrapper;
        if (!dy_ignite_wrap(part, s, spec, depth + 1, arena, err)) return false;
        *first = s->group->lr;
        part->torch.epoch++; /* its first rate is the warm-up's last */
        return true;
    }
    if (!dy_ignite_build(part, s, spec, depth + 1, arena, err)) return false;
    const dy_ignite_class *class = part->recipe->stepper;
    if (class->group)
        return dy_fail(err, "lr_scheduler is a ParamGroupScheduler, which ignite does not take "
                            "here; want the scheduler of lr");
    return dy_ignite_value(part, first, err);
}

/* Up to the end; where one of PyTorch's, which has left its first rate out, begins elsewhere, on to that rate; where one of
 * ignite's begins with the end, up to just before it. */
static int64_t lay_rise(dy_pair rise[3], const dy_ignite *s, double end, double first)
{
    double start = s->args[W_START].real, duration = s->args[W_DURATION].real;
    bool torch = is_torch(*s->args[W_SCHEDULER].specs);
    rise[0] = (dy_pair){ 0, start };
    rise[1] = (dy_pair){ duration - 1, end };
    rise[2] = (dy_pair){ duration, first };
    if (torch) return first != end ? 3 : 2;
    if (first != end) return 2;
    rise[1] = (dy_pair){ duration - 2, end - (end - start) / (duration - 1) };
    return duration > 2 ? 2 : 1;
}

static bool warmup_open(dy_ignite *s, int depth, dy_arena *arena, dy_error *err)
{
    double first;
    if (s->args[W_DURATION].real < 2)
        return dy_fail(err, "warmup_duration is %g; ignite wants at least 2",
                       s->args[W_DURATION].real);
    s->n_parts = 2;
    s->parts = dy_arena_take(arena, 2, sizeof *s->parts, err);
    dy_pair *rise = s->parts ? dy_arena_take(arena, 3, sizeof *rise, err) : NULL;
    double *duration = rise ? dy_arena_take(arena, 1, sizeof *duration, err) : NULL;
    if (!duration || !follow_up(s, &s->parts[1], &first, depth, arena, err)) return false;
    double end = s->args[W_END].given ? s->args[W_END].real : s->group->lr;
    if (!dy_torch_has_lr(end, err)) return false;
    int64_t n = lay_rise(rise, s, end, first);
    s->parts[0] = dy_ignite_piecewise(s, rise, n);
    *duration = rise[n - 1].x + 1;
    s->durations = duration;
    set_up(s);
    return take_name(s, err);
}

/* While it rises ignite has a list here, equal to no number. */
static bool warmup_value(dy_ignite *s, double *value, dy_error *err)
{
    *value = NAN;
    return s->at == 0 || concat_value(s, value, err);
}

const dy_ignite_class DY_IGNITE_create_lr_scheduler_with_warmup = { .open = warmup_open,
                                                                    .value = warmup_value,
                                                                    .call = concat_call };
