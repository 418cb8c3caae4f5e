/* schedule_options.c - see schedule_options.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_options.h"

#include "view/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const dy_option DY_SCHEDULE_OPTIONS[] = {
    { "steps", "N", "the length of the run, 1 to 100,000,000; needed with an expression" },
    { "epoch-steps", "N", "updates in one epoch (default: all of them)" },
    { "csv", NULL, "print step,lr,momentum instead of a drawing" },
    { "json", NULL, "print expressions and values instead of a drawing" },
    { "plot", "FILE", "draw lr and momentum into a .png, .svg or .pdf" },
    { "effective", NULL, "the rate that acts, too: lr / (1 - momentum)" },
    { "momentum", "M", "the optimizer's own, where a schedule leaves it alone" },
    { "metric", "FILE", "what feedback sees: the column `metric` of a CSV, a row an update" },
    { "list", NULL, "every built-in schedule, with a small drawing" },
    DY_BOUND_OPTIONS,
    { NULL, NULL, NULL },
};

static const double MOST_STEPS = 1e8;

static bool read_steps(const char *name, const char *text, int64_t *n, dy_error *err)
{
    char *end;
    double value = strtod(text, &end);
    bool whole = end != text && !*end && value == floor(value);
    if (!whole || !(value >= 1 && value <= MOST_STEPS))
        return dy_fail(err, "--%s is '%.60s'; want a whole number from 1 to 100,000,000", name,
                       text);
    *n = (int64_t)value;
    return true;
}

static bool read_option(dy_schedule_options *options, const char *name, const char *value,
                        dy_error *err)
{
    bool mine;
    if (!dy_bounds_read(&options->bounds, name, value, &mine, err)) return false;
    if (mine) return true;
    if (strcmp(name, "steps") == 0) return read_steps(name, value, &options->steps, err);
    if (strcmp(name, "epoch-steps") == 0)
        return read_steps(name, value, &options->epoch_steps, err);
    if (strcmp(name, "plot") == 0) {
        options->plot = value;
        return dy_paint_knows(value, err) || dy_fail_in(err, "--plot");
    }
    if (strcmp(name, "momentum") == 0)
        return dy_args_real(name, value, 0, nextafter(1, 0), &options->momentum, err);
    if (strcmp(name, "effective") == 0) options->effective = true;
    if (strcmp(name, "metric") == 0) options->metric = value;
    if (strcmp(name, "csv") == 0) options->csv = true;
    if (strcmp(name, "json") == 0) options->json = true;
    if (strcmp(name, "list") == 0) options->list = true;
    if (strcmp(name, "help") == 0) options->help = true;
    return true;
}

static bool fit_together(dy_schedule_options *options, dy_error *err)
{
    if (options->epoch_steps == 0) options->epoch_steps = options->steps;
    if (options->help || options->list) {
        if (options->n_operands <= (options->help ? 1 : 0)) return true;
        return options->help ? dy_fail(err, "--help takes one schedule's name a time")
                             : dy_fail(err, "--list takes no expression");
    }
    if (options->n_operands == 0)
        return dy_fail(err, "which schedule? derny schedule 'derny.one_cycle { max_lr = 0.1 }' "
                            "--steps 300, or --list");
    if (options->steps == 0)
        return dy_fail(err, "--steps is missing: a schedule is as long as its run; say how "
                            "many updates, --steps N");
    if (options->csv && options->json)
        return dy_fail(err, "--csv and --json both print; want one of them");
    return true;
}

bool dy_schedule_options_read(dy_schedule_options *options, dy_args *args, dy_error *err)
{
    *options = (dy_schedule_options){ .momentum = NAN, .bounds = dy_bounds_defaults() };
    for (;;) {
        const dy_option *option;
        const char *value;
        bool more;
        if (!dy_args_next(args, &option, &value, &more, err)) return false;
        if (!more) return fit_together(options, err);
        if (option && !read_option(options, option->name, value, err)) return false;
        if (option) continue;
        if (options->n_operands == DY_EXPRESSIONS_MAX)
            return dy_fail(err, "more than %d expressions", DY_EXPRESSIONS_MAX);
        options->operand[options->n_operands++] = value;
    }
}
