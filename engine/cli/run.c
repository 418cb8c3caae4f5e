/* run.c - `derny run`, and what other commands share with it: the desk's side. Starts the lab, shows what it does, and writes what was asked for.
 *
 * What the script prints goes to stdout, and so does the closing table, which for one seed is the same each time unless
 * stdout is a terminal; the rest (progress, warnings, errors) goes to stderr.
 *
 * SPDX-License-Identifier: MIT */
#include "cli/run.h"

#include "cli/commands.h"
#include "cli/plot.h"
#include "cli/run_lab.h"
#include "cli/show.h"
#include "lab/weights_file.h"
#include "record/export.h"
#include "view/table.h"

#include <inttypes.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Address space for tapes; pages are taken as they are written: 20 bytes an update. */
static const size_t BOARD_BYTES = (size_t)64 << 30;

/* The most that a network may have that is written to a file. */
static const int64_t WEIGHTS_BYTES = (int64_t)8 << 30;

/* Beyond the script's own heap: data sets, networks, batches. */
static const int64_t ENGINE_BYTES = (int64_t)16 << 30;

static void print_table(const dy_board *board)
{
    struct winsize size;
    bool terminal = isatty(STDOUT_FILENO);
    bool sized = terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    dy_progress stream = dy_progress_make(stdout);
    dy_table_look look = { .colour = stream.colour,
                           .times = terminal,
                           .columns = sized ? size.ws_col : 0 };
    dy_table_print(stdout, board, look);
}

static bool complain(const dy_error *err)
{
    fprintf(stderr, "derny: %s\n", err->text);
    return false;
}

/* Everything that was asked for is tried, whatever became of the rest. */
static bool write_files(const dy_run_options *options, const dy_board *board)
{
    dy_error err;
    bool ok = true;
    if (options->csv && !dy_export_csv(board, options->csv, &err)) ok = complain(&err);
    if (options->json && !dy_export_json(board, options->json, &err)) ok = complain(&err);
    if (options->plot && !dy_plot_board(board, &(dy_plot){ 0 }, options->plot, &err))
        ok = complain(&err);
    return ok;
}

/* With what a reader of the file may want to know of the run. */
static bool write_weights(const char *path, const dy_weights_inbox *weights, dy_error *err)
{
    const dy_weights_head *head = &weights->head;
    char sequential[1024], model[200], seed[24], updates[24], accuracy[32];
    if (!dy_weights_whole(weights))
        return dy_fail(
            err, "%s: no weights to write: no run has ended (those of a sweep are not kept)",
            path);
    snprintf(seed, sizeof seed, "%" PRIu64, head->seed);
    snprintf(updates, sizeof updates, "%" PRId64, head->updates);
    snprintf(accuracy, sizeof accuracy, "%.6g", head->test_accuracy);
    const dy_named_text texts[] = {
        { "format", "pt" },
        { "sequential", dy_weights_sequential(&head->model, sequential, sizeof sequential) },
        { "model", dy_mlp_describe(&head->model, model, sizeof model) },
        { "run", head->run },
        { "seed", seed },
        { "updates", updates },
        { "test_accuracy", accuracy },
    };
    return dy_weights_write(path, &head->model, weights->flat, texts,
                            sizeof texts / sizeof *texts, err);
}

static bool any_failed(const dy_board *board)
{
    for (int32_t i = 0; i < dy_board_len(board); i++) {
        dy_run_view run;
        if (dy_board_run(board, i, &run) && atomic_load(&run.outcome->status) == DY_FAILED)
            return true;
    }
    return false;
}

static int exit_code(const dy_verdict *verdict, const dy_board *board, bool written)
{
    if (verdict->ending == DY_ENDED_INTERRUPTED) return DY_EXIT_SIGNAL + verdict->interrupt;
    if (verdict->ending != DY_ENDED_OK || any_failed(board) || !written) return DY_EXIT_FAILED;
    return DY_EXIT_DONE;
}

/* What the desk's callbacks work on. */
typedef struct watcher {
    dy_show show;
    const dy_run_own *own;
} watcher;

static void on_message(void *self, const dy_message *message)
{
    watcher *w = self;
    if (!w->own || !w->own->message(w->own->self, message)) dy_show_message(&w->show, message);
}

static void on_tick(void *self)
{
    dy_show_tick(&((watcher *)self)->show);
}

static bool conclude(const dy_run_options *options, const dy_run_own *own,
                     const dy_board *board)
{
    dy_error err;
    if (own && own->over) return own->over(own->self, options, board, &err) || complain(&err);
    if (!options->quiet && !options->find) print_table(board);
    return write_files(options, board);
}

/* From the fork to the exit code; the board is open. */
static int run_script(dy_run_job *job, dy_board *board, dy_workers *workers, dy_keeper *keeper,
                      const dy_run_own *own)
{
    dy_error err;
    dy_lab_child child;
    dy_verdict verdict;
    const dy_run_options *options = job->options;
    dy_walls walls = { .folders = job->folders->readable,
                       .address_space = dy_bounds_space(&options->bounds, ENGINE_BYTES) };
    watcher w = { dy_show_make(board, options->quiet, workers, keeper), own };
    dy_weights_inbox weights = { .arena = dy_arena_make(WEIGHTS_BYTES) };
    if (options->weights) w.show.weights = &weights;
    dy_desk_spec desk = { options->bounds.patience_s, &w, on_message, on_tick };
    bool ok = dy_lab_start(&child, board, &walls, dy_run_lab, job, &err) &&
              dy_desk_watch(&child, board, &desk, &verdict, &err);
    dy_progress_erase(&w.show.progress);
    if (!ok) {
        complain(&err);
        dy_arena_close(&weights.arena);
        return DY_EXIT_FAILED;
    }
    if (verdict.text[0]) fprintf(stderr, "derny: %s: %s\n", options->script, verdict.text);
    bool written = conclude(options, own, board);
    if (options->weights && !write_weights(options->weights, &weights, &err))
        written = complain(&err);
    dy_arena_close(&weights.arena);
    return exit_code(&verdict, board, written);
}

/* Around it the store. One that was asked for has to be there: better said now than after a night. */
static int run_kept(dy_run_options *options, const dy_run_folders *folders, dy_board *board,
                    const dy_run_own *own)
{
    dy_error err;
    dy_keeper keeper = { 0 };
    if (!options->no_store && !dy_keeper_open(&keeper, options->store, options->script, &err)) {
        if (options->store) {
            complain(&err);
            return DY_EXIT_FAILED;
        }
        fprintf(stderr, "derny: warning: %s; the runs go on unrecorded\n", err.text);
    }
    dy_workers workers;
    dy_run_job job = { .options = options, .folders = folders, .text = keeper.origin.text };
    int code = DY_EXIT_FAILED;
    if (dy_keeper_known(&keeper, &job.known, &job.n_known, &err) &&
        dy_workers_open(&workers, options, &err)) {
        job.crew = workers.crew;
        code = run_script(&job, board, &workers, &keeper, own);
        dy_workers_close(&workers);
    } else {
        complain(&err);
    }
    if (dy_keeper_close(&keeper, board, &err)) return code;
    complain(&err);
    return code == DY_EXIT_DONE ? DY_EXIT_FAILED : code;
}

int dy_run_desk(dy_run_options *options, const dy_run_own *own)
{
    dy_error err;
    dy_run_folders folders;
    dy_board *board;
    if (!dy_run_folders_find(&folders, options->script, &err) ||
        !dy_board_open(&board, BOARD_BYTES, &err)) {
        complain(&err);
        return DY_EXIT_FAILED;
    }
    int code = run_kept(options, &folders, board, own);
    dy_board_close(board);
    return code;
}

static int run_main(int argc, char **argv)
{
    dy_error err;
    dy_run_options options;
    dy_args args = { .command = &DY_COMMAND_RUN, .argc = argc, .argv = argv };
    if (!dy_run_options_read(&options, &args, NULL, NULL, &err)) {
        fprintf(stderr, "derny run: %s\n", err.text);
        return DY_EXIT_USAGE;
    }
    if (!options.help) return dy_run_desk(&options, NULL);
    dy_command_help(&DY_COMMAND_RUN, stdout);
    return DY_EXIT_DONE;
}

const dy_command DY_COMMAND_RUN = {
    .name = "run",
    .operands = "SCRIPT [options]",
    .summary =
        "Runs a Lua script: trains what it says, live, and draws and writes what came of it.",
    .more =
        "Exit code: 0 done (a run that diverged is a result), 1 failed, 2 usage, 130 "
        "interrupted.\n"
        "Ctrl-C once stops the run cleanly and keeps what it recorded; twice ends it at once.",
    .options = DY_RUN_OPTIONS,
    .main = run_main,
};
