/* run.c - `derny run`, and what other commands share with it: the desk's side. Starts the lab, and another where
 * the person at the window asks for it, and writes what was asked for.
 *
 * What the script prints goes to stdout, and so does the closing table, which for one seed is the same each time unless
 * stdout is a terminal; the rest (progress, warnings, errors) goes to stderr.
 *
 * SPDX-License-Identifier: MIT */
#include "cli/run.h"

#include "cli/commands.h"
#include "cli/run_files.h"
#include "cli/run_lab.h"
#include "cli/run_watch.h"
#include "cli/script_text.h"

/* Address space for tapes; pages are taken as they are written: 20 bytes an update. */
static const size_t BOARD_BYTES = (size_t)64 << 30;

/* The most that a network may have that is written to a file. */
static const int64_t WEIGHTS_BYTES = (int64_t)8 << 30;

/* Beyond the script's own heap: data sets, networks, batches. */
static const int64_t ENGINE_BYTES = (int64_t)16 << 30;

static bool complain(const dy_error *err)
{
    fprintf(stderr, "derny: %s\n", err->text);
    return false;
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

static bool conclude(const dy_run_options *options, const dy_watch *watch,
                     const dy_board *board)
{
    dy_error err;
    const dy_run_own *own = watch->own;
    if (own && own->over) return own->over(own->self, options, board, &err) || complain(&err);
    if (!options->quiet && !options->find) dy_run_print_table(board);
    return dy_run_write_files(options, board, watch->weights);
}

/* One lab, from the fork to its end. */
static bool run_lab(dy_run_job *job, dy_watch *watch, dy_board *board, dy_verdict *verdict,
                    dy_error *err)
{
    dy_lab_child child;
    dy_walls walls = { .folders = job->folders->readable,
                       .address_space = dy_bounds_space(&job->options->bounds, ENGINE_BYTES) };
    dy_watch_prepare(watch, board);
    if (!dy_lab_start(&child, board, &walls, dy_run_lab, job, err)) return false;
    dy_watch_begin(watch, board);
    dy_desk_spec desk = dy_watch_desk(watch);
    bool ok = dy_desk_watch(&child, board, &desk, verdict, err);
    dy_progress_erase(&watch->terminal.progress);
    return ok;
}

/* What the person has to know and asked for, now that a lab has ended. One that was ended for another leaves no table and no
 * files: they would be overwritten at once. Returns the exit code. */
static int report(const dy_run_options *options, dy_watch *watch, const dy_board *board,
                  const dy_verdict *verdict)
{
    dy_error err;
    if (watch->restart) return DY_EXIT_DONE;
    bool filmed = dy_watch_end(watch, &err) || complain(&err);
    if (verdict->text[0]) fprintf(stderr, "derny: %s: %s\n", options->script, verdict->text);
    return exit_code(verdict, board, conclude(options, watch, board) && filmed);
}

/* With those that share its sweeps. */
static int run_shared(dy_run_job *job, dy_watch *watch, dy_board *board, dy_verdict *verdict)
{
    dy_error err;
    dy_workers workers;
    int code = DY_EXIT_FAILED;
    if (!dy_workers_open(&workers, job->options, &err)) {
        complain(&err);
        return code;
    }
    dy_weights_inbox weights = { .arena = dy_arena_make(WEIGHTS_BYTES) };
    job->crew = workers.crew;
    watch->workers = &workers;
    watch->weights = job->options->weights ? &weights : NULL;
    if (run_lab(job, watch, board, verdict, &err))
        code = report(job->options, watch, board, verdict);
    else
        complain(&err);
    dy_arena_close(&weights.arena);
    watch->workers = NULL;
    watch->weights = NULL;
    dy_workers_close(&workers);
    return code;
}

/* Around it the store. One that was asked for has to be there: better said now than after a night. */
static int run_kept(dy_run_options *options, const dy_run_folders *folders, dy_watch *watch,
                    dy_board *board, dy_verdict *verdict)
{
    dy_error err;
    dy_keeper keeper = { 0 };
    if (!options->no_store &&
        !dy_keeper_open(&keeper, options->store, options->script, options->text, &err)) {
        if (options->store) {
            complain(&err);
            return DY_EXIT_FAILED;
        }
        fprintf(stderr, "derny: warning: %s; the runs go on unrecorded\n", err.text);
    }
    dy_run_job job = { .options = options,
                       .folders = folders,
                       .text = options->text,
                       .watched = dy_watch_wants(watch) };
    int code = DY_EXIT_FAILED;
    watch->keeper = &keeper;
    if (dy_keeper_known(&keeper, &job.known, &job.n_known, &err))
        code = run_shared(&job, watch, board, verdict);
    else
        complain(&err);
    watch->keeper = NULL;
    if (dy_keeper_close(&keeper, board, &err)) return code;
    complain(&err);
    return code == DY_EXIT_DONE ? DY_EXIT_FAILED : code;
}

/* Labs one after the other, each on a board of its own, until the person at the window wants no other. */
static int run_script(dy_run_options *options, const dy_run_folders *folders, dy_watch *watch)
{
    dy_error err;
    dy_board *board = NULL, *before = NULL;
    dy_arena text = dy_arena_make(0);
    int code = DY_EXIT_FAILED;
    do {
        dy_verdict verdict = { .ending = DY_ENDED_CRASHED };
        watch->restart = false;
        before = board;
        board = NULL;
        if (!dy_board_open(&board, BOARD_BYTES, &err)) {
            complain(&err);
            code = DY_EXIT_FAILED;
            break;
        }
        dy_arena_close(&text);
        options->text = dy_script_text(&text, options->script);
        code = run_kept(options, folders, watch, board, &verdict);
        dy_board_close(before);
        before = NULL;
        dy_watch_linger(watch, &verdict, code == DY_EXIT_FAILED);
    } while (watch->restart);
    dy_watch_close(watch);
    dy_arena_close(&text);
    dy_board_close(before);
    dy_board_close(board);
    return code;
}

int dy_run_desk(dy_run_options *options, const dy_run_own *own)
{
    dy_error err;
    dy_run_folders folders;
    dy_watch watch;
    if (!dy_run_folders_find(&folders, options->script, &err) ||
        !dy_watch_open(&watch, options, own, &err)) {
        complain(&err);
        return DY_EXIT_FAILED;
    }
    return run_script(options, &folders, &watch);
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
