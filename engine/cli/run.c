/* run.c - `derny run`: the desk's side. Starts the lab, shows what it does, and writes what was asked for.
 *
 * What the script prints goes to stdout, and so does the closing table, which for one seed is the same each time unless
 * stdout is a terminal; the rest (progress, warnings, errors) goes to stderr.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/plot.h"
#include "cli/run_lab.h"
#include "lab/desk.h"
#include "record/export.h"
#include "view/progress.h"
#include "view/table.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Address space for tapes; pages are taken as they are written: 20 bytes an update. */
static const size_t BOARD_BYTES = (size_t)64 << 30;

/* Beyond the script's own heap: data sets, networks, batches. */
static const int64_t ENGINE_BYTES = (int64_t)16 << 30;

/* What the desk's callbacks work on. */
typedef struct show {
    const dy_board *board;
    dy_progress progress;
    bool quiet;
    bool explained; /* the lab said what went wrong */
} show;

static void print_line(FILE *out, const char *before, const dy_message *message)
{
    fputs(before, out);
    dy_print_safe(out, message->text, message->len);
    if (message->len == 0 || message->text[message->len - 1] != '\n') fputc('\n', out);
}

static void on_message(void *self, const dy_message *message)
{
    show *s = self;
    dy_progress_erase(&s->progress);
    switch (message->kind) {
    case DY_MESSAGE_PRINT:
        dy_print_safe(stdout, message->text, message->len);
        fflush(stdout);
        break;
    case DY_MESSAGE_ERROR:
        s->explained = true;
        print_line(stderr, "derny: ", message);
        break;
    default: print_line(stderr, "derny: warning: ", message); break;
    }
}

static void on_tick(void *self)
{
    show *s = self;
    if (!s->quiet) dy_progress_draw(&s->progress, s->board, dy_now_s());
}

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
    if (options->plot && !dy_plot_board(board, 0, 0, options->plot, &err)) ok = complain(&err);
    return ok;
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

/* From the fork to the exit code; the board is open. */
static int run_script(dy_run_options *options, const dy_run_folders *folders, dy_board *board)
{
    dy_error err;
    dy_lab_child child;
    dy_verdict verdict;
    dy_run_job job = { options, folders };
    dy_walls walls = { .folders = folders->readable,
                       .address_space = dy_bounds_space(&options->bounds, ENGINE_BYTES) };
    show s = { .board = board, .progress = dy_progress_make(stderr), .quiet = options->quiet };
    dy_desk_spec desk = { options->bounds.patience_s, &s, on_message, on_tick };
    bool ok = dy_lab_start(&child, board, &walls, dy_run_lab, &job, &err) &&
              dy_desk_watch(&child, board, &desk, &verdict, &err);
    dy_progress_erase(&s.progress);
    if (!ok) {
        complain(&err);
        return DY_EXIT_FAILED;
    }
    if (verdict.text[0]) fprintf(stderr, "derny: %s: %s\n", options->script, verdict.text);
    if (!options->quiet) print_table(board);
    return exit_code(&verdict, board, write_files(options, board));
}

static int usage_error(const dy_error *err)
{
    fprintf(stderr, "derny run: %s\n", err->text);
    return DY_EXIT_USAGE;
}

static int run_main(int argc, char **argv)
{
    dy_error err;
    dy_run_options options;
    dy_run_folders folders;
    dy_args args = { .command = &DY_COMMAND_RUN, .argc = argc, .argv = argv };
    if (!dy_run_options_read(&options, &args, &err)) return usage_error(&err);
    if (options.help) {
        dy_command_help(&DY_COMMAND_RUN, stdout);
        return DY_EXIT_DONE;
    }
    dy_board *board;
    if (!dy_run_folders_find(&folders, options.script, &err) ||
        !dy_board_open(&board, BOARD_BYTES, &err)) {
        complain(&err);
        return DY_EXIT_FAILED;
    }
    int code = run_script(&options, &folders, board);
    dy_board_close(board);
    return code;
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
