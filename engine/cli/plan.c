/* plan.c - `derny plan`: every schedule that a script would run, drawn, and nothing trained.
 *
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/plan_show.h"
#include "cli/plot.h"
#include "cli/run.h"
#include "lua/caption.h"
#include "record/export.h"

#include <errno.h>
#include <math.h>
#include <string.h>

enum { RUNS_MOST = 1 << 16 }; /* on a board */

static const dy_option OPTIONS[] = {
    DY_SCRIPT_OPTIONS,
    { "csv", "FILE", "write every update of every run: schedule,step,lr,momentum" },
    { "plot", "FILE", "draw lr and momentum into a .png, .svg or .pdf" },
    { "effective", NULL, "the rate that acts, too: lr / (1 - momentum)" },
    { "print", NULL, "show what the script prints, which its made-up results may be in" },
    { NULL, NULL, NULL },
};

/* What the command holds while the script runs. */
typedef struct plan {
    dy_arena arena;
    const char **about; /* [RUNS_MOST] */
    bool prints, effective;
} plan;

static bool read_own(void *self, const char *name, const char *value, bool *taken,
                     dy_error *err)
{
    plan *p = self;
    (void)value, (void)err;
    *taken = true;
    if (strcmp(name, "print") == 0)
        p->prints = true;
    else if (strcmp(name, "effective") == 0)
        p->effective = true;
    else
        *taken = false;
    return true;
}

static bool on_message(void *self, const dy_message *message)
{
    plan *p = self;
    const char *text;
    int32_t run;
    dy_error err;
    if (message->kind == DY_MESSAGE_PRINT) return !p->prints;
    if (!dy_caption_read(message, &run, &text)) return false;
    if (run < RUNS_MOST && !p->about[run]) p->about[run] = dy_arena_text(&p->arena, text, &err);
    return true;
}

static bool write_csv(const plan *p, const dy_board *board, const char *path, dy_error *err)
{
    dy_arena scratch = dy_arena_make(0);
    int n = 0;
    dy_drawn *drawn = dy_arena_take(&scratch, dy_board_len(board) + 1, sizeof *drawn, err);
    for (int32_t i = 0; drawn && i < dy_board_len(board); i++) {
        dy_run_view run;
        if (dy_board_run(board, i, &run) && !run.card->aside)
            drawn[n++] = (dy_drawn){ run.card->name, run.tape };
    }
    bool ok = drawn && dy_export_drawn_csv(drawn, n, p->effective, path, err);
    dy_arena_close(&scratch);
    return ok;
}

/* The lab has ended: what it made up for the script is no result for anyone else. */
static void forget_results(const dy_board *board)
{
    for (int32_t i = 0; i < dy_board_len(board); i++) {
        dy_run_view run;
        if (!dy_board_run(board, i, &run)) continue;
        run.outcome->train_loss = run.outcome->test_loss = run.outcome->test_accuracy = NAN;
    }
}

static bool write_plot(const plan *p, const dy_board *board, const char *path, dy_error *err)
{
    int32_t runs[DY_PLAN_RUNS];
    dy_plot plot = { .schedules_only = true, .effective = p->effective, .runs = runs };
    plot.n_runs = dy_plan_runs(board, runs);
    return dy_plot_board(board, &plot, path, err);
}

static bool over(void *self, const dy_run_options *options, const dy_board *board,
                 dy_error *err)
{
    const plan *p = self;
    forget_results(board);
    if (options->csv && !write_csv(p, board, options->csv, err)) return false;
    if (options->plot && !write_plot(p, board, options->plot, err)) return false;
    if (options->csv || options->plot) return true;
    if (!dy_plan_show(stdout, board, p->about, p->effective, err)) return false;
    if (fflush(stdout) == 0 && !ferror(stdout)) return true;
    return dy_fail(err, "cannot print the drawing: %s", strerror(errno));
}

static int run(plan *p, dy_run_options *options)
{
    dy_error err;
    dy_run_own own = { p, on_message, over };
    p->about = dy_arena_take(&p->arena, RUNS_MOST, sizeof(const char *), &err);
    if (p->about) return dy_run_desk(options, &own);
    fprintf(stderr, "derny plan: %s\n", err.text);
    return DY_EXIT_FAILED;
}

static int plan_main(int argc, char **argv)
{
    dy_error err;
    dy_run_options options;
    plan p = { .arena = dy_arena_make(0) };
    dy_args args = { .command = &DY_COMMAND_PLAN, .argc = argc, .argv = argv };
    if (!dy_run_options_read(&options, &args, read_own, &p, &err)) {
        fprintf(stderr, "derny plan: %s\n", err.text);
        return DY_EXIT_USAGE;
    }
    if (options.help) {
        dy_command_help(&DY_COMMAND_PLAN, stdout);
        return DY_EXIT_DONE;
    }
    options.plan = options.quiet = options.no_store = true;
    options.jobs = 1; /* nothing is trained that could be shared */
    int code = run(&p, &options);
    dy_arena_close(&p.arena);
    return code;
}

const dy_command DY_COMMAND_PLAN = {
    .name = "plan",
    .operands = "SCRIPT [options]",
    .summary = "Draws every schedule that a script would run, and says what is probably not "
               "meant; trains nothing.",
    .more = "The script runs as ever, but what its runs come to is made up: losses fall, and "
            "a failed\nassert does not end it. Exit code: as of derny run.",
    .options = OPTIONS,
    .main = plan_main,
};
