/* run_files.c - see run_files.h.   SPDX-License-Identifier: MIT */
#include "cli/run_files.h"

#include "cli/plot.h"
#include "cli/recording.h"
#include "lab/weights_file.h"
#include "record/export.h"
#include "view/progress.h"
#include "view/table.h"

#include <inttypes.h>
#include <sys/ioctl.h>
#include <unistd.h>

void dy_run_print_table(const dy_board *board)
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

static bool complain(const dy_error *err)
{
    fprintf(stderr, "derny: %s\n", err->text);
    return false;
}

bool dy_run_write_files(const dy_run_options *options, const dy_board *board,
                        const dy_weights_inbox *weights)
{
    dy_error err;
    bool ok = true;
    if (options->csv && !dy_export_csv(board, options->csv, &err)) ok = complain(&err);
    if (options->json && !dy_export_json(board, options->json, &err)) ok = complain(&err);
    if (options->plot && !dy_plot_board(board, &(dy_plot){ 0 }, options->plot, &err))
        ok = complain(&err);
    if (options->record && !dy_recording_write(options->record, options, board, &err))
        ok = complain(&err);
    if (options->weights && !write_weights(options->weights, weights, &err))
        ok = complain(&err);
    return ok;
}
