/* schedule.c - `derny schedule`: what a schedule gives, without training anything.
 *
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/plot.h"
#include "cli/schedule_list.h"
#include "cli/schedule_metric.h"
#include "cli/schedule_options.h"
#include "cli/schedule_show.h"
#include "record/export.h"

#include <errno.h>
#include <string.h>

static int complain(const dy_error *err, int code)
{
    fprintf(stderr, "derny schedule: %s\n", err->text);
    return code;
}

static bool write_values(const dy_courses *courses, bool csv, bool effective, dy_error *err)
{
    dy_drawn drawn[DY_EXPRESSIONS_MAX];
    for (int i = 0; i < courses->n; i++)
        drawn[i] = (dy_drawn){ courses->course[i].text, courses->course[i].run.tape };
    return csv ? dy_export_drawn_csv(drawn, courses->n, effective, "-", err)
               : dy_export_drawn_json(drawn, courses->n, effective, "-", err);
}

static bool answer(const dy_courses *courses, const dy_schedule_options *options, dy_error *err)
{
    bool values = options->csv || options->json;
    /* an expression that trained something has added runs behind ours */
    dy_plot plot = { .most = courses->n,
                     .schedules_only = true,
                     .effective = options->effective };
    if (options->plot && !dy_plot_board(courses->board, &plot, options->plot, err))
        return false;
    if (values) return write_values(courses, options->csv, options->effective, err);
    if (options->plot) return true;
    if (!dy_courses_show(stdout, courses, dy_chart_look_at(stdout), err)) return false;
    if (fflush(stdout) == 0 && !ferror(stdout)) return true;
    return dy_fail(err, "cannot print the drawing: %s", strerror(errno));
}

static int follow(const dy_schedule_options *options, const dy_metric *metric)
{
    dy_error err;
    dy_courses courses;
    dy_schedule_job job = { .text = options->operand,
                            .n = options->n_operands,
                            .span = { options->steps, options->epoch_steps },
                            .metric = *metric,
                            .momentum = options->momentum,
                            .effective = options->effective,
                            .bounds = options->bounds };
    if (!dy_courses_open(&courses, &job, &err)) return complain(&err, DY_EXIT_FAILED);
    int code = courses.code;
    if (code == DY_EXIT_DONE && !answer(&courses, options, &err))
        code = complain(&err, DY_EXIT_FAILED);
    dy_courses_close(&courses);
    return code;
}

static int schedule_main(int argc, char **argv)
{
    dy_error err;
    dy_schedule_options options;
    dy_args args = { .command = &DY_COMMAND_SCHEDULE, .argc = argc, .argv = argv };
    if (!dy_schedule_options_read(&options, &args, &err)) return complain(&err, DY_EXIT_USAGE);
    if (options.help && options.n_operands == 1) return dy_schedule_explain(&options);
    if (options.help) {
        dy_command_help(&DY_COMMAND_SCHEDULE, stdout);
        return DY_EXIT_DONE;
    }
    if (options.list) return dy_schedule_list(&options);
    dy_metric metric = { 0 };
    dy_arena arena = dy_arena_make(0);
    int code = options.metric && !dy_metric_read(&metric, options.metric, &arena, &err)
                   ? complain(&err, DY_EXIT_FAILED)
                   : follow(&options, &metric);
    dy_arena_close(&arena);
    return code;
}

const dy_command DY_COMMAND_SCHEDULE = {
    .name = "schedule",
    .operands = "EXPRESSION ... [options]",
    .summary = "Draws what schedules give at each step of a run, or prints it; trains nothing.",
    .more = "An expression is Lua: derny.one_cycle { max_lr = 0.1 }, a number, or a function "
            "of t.\n"
            "--help NAME explains a built-in schedule. Exit code: as of derny run.",
    .options = DY_SCHEDULE_OPTIONS,
    .main = schedule_main,
};
