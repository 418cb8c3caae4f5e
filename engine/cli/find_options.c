/* find_options.c - see find_options.h.   SPDX-License-Identifier: MIT */
#include "cli/find_options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const dy_option DY_FIND_OPTIONS[] = {
    { "what", "WHAT", "lr (default), momentum or weight_decay: a range test of each value" },
    { "values", "LIST", "of momentum or weight_decay, as 0.8,0.9,0.95 (default: usual ones)" },
    { "from", "LR", "the rate of the first update (default 1e-6)" },
    { "to", "LR", "the rate of the last update (default 10)" },
    { "steps", "N", "updates of each ramp (default 100)" },
    { "linear", NULL, "rates rise by equal differences instead of equal ratios" },
    { "seeds", "K", "ramps, each with weights and batches of its own (default 5)" },
    { "try", NULL, "a short one-cycle run with each suggestion, to see which wins" },
    { "try-epochs", "N", "how long that is (default: some 300 updates); implies --try" },
    DY_SCRIPT_OPTIONS,
    { "csv", "FILE", "write every update of every run: run,step,epoch,lr,momentum,loss" },
    { "json", "FILE", "write the runs, their results and their curves" },
    { "plot", "FILE", "draw loss over lr into a .png, .svg or .pdf" },
    DY_KEEP_OPTIONS,
    { "quiet", NULL, "no progress" },
    { NULL, NULL, NULL },
};

static const double RATE_MOST = 1e30;

static bool read_whole(const char *name, const char *text, double most, double *n,
                       dy_error *err)
{
    if (!dy_args_real(name, text, 1, most, n, err)) return false;
    if (*n == floor(*n)) return true;
    return dy_fail(err, "--%s is '%.60s'; want a whole number", name, text);
}

static bool read_what(dy_find_wish *wish, const char *text, dy_error *err)
{
    wish->what = DY_TUNE_MOMENTUM;
    if (strcmp(text, "lr") == 0) wish->what = DY_TUNABLES;
    while (wish->what < DY_TUNABLES && strcmp(text, DY_TUNABLE_NAMES[wish->what]) != 0)
        wish->what++;
    if (wish->what < DY_TUNABLES || strcmp(text, "lr") == 0) return true;
    return dy_fail(err, "--what is '%.60s'; want lr, momentum or weight_decay", text);
}

static bool read_values(dy_find_wish *wish, const char *text, dy_error *err)
{
    const char *at = text;
    for (wish->n_values = 0; wish->n_values < DY_TUNING_VALUES; at++) {
        char *end;
        wish->values[wish->n_values++] = strtod(at, &end);
        if (end == at || (*end && *end != ',')) break;
        at = end;
        if (!*end) return true;
    }
    return dy_fail(err, "--values is '%.60s'; want 2 to %d numbers with commas between", text,
                   DY_TUNING_VALUES);
}

static bool read_own(void *self, const char *name, const char *value, bool *taken,
                     dy_error *err)
{
    dy_find_wish *wish = &((dy_find_options *)self)->wish;
    double n = 0;
    bool ok = true;
    *taken = true;
    if (strcmp(name, "what") == 0) {
        ok = read_what(wish, value, err);
    } else if (strcmp(name, "values") == 0) {
        ok = read_values(wish, value, err);
    } else if (strcmp(name, "from") == 0) {
        ok = dy_args_real(name, value, 1e-30, RATE_MOST, &wish->from, err);
    } else if (strcmp(name, "to") == 0) {
        ok = dy_args_real(name, value, 1e-30, RATE_MOST, &wish->to, err);
    } else if (strcmp(name, "steps") == 0) {
        ok = read_whole(name, value, 1e6, &n, err);
        wish->steps = (int64_t)n;
    } else if (strcmp(name, "seeds") == 0) {
        ok = read_whole(name, value, DY_FINDER_SEEDS, &n, err);
        wish->seeds = (int)n;
    } else if (strcmp(name, "try-epochs") == 0) {
        ok = dy_args_real(name, value, 1e-3, 1e6, &wish->try_epochs, err);
        wish->try = true;
    } else if (strcmp(name, "linear") == 0) {
        wish->linear = true;
    } else if (strcmp(name, "try") == 0) {
        wish->try = true;
    } else {
        *taken = false;
    }
    return ok;
}

bool dy_find_options_read(dy_find_options *options, dy_args *args, dy_error *err)
{
    options->wish = (dy_find_wish){ .what = DY_TUNABLES };
    if (!dy_run_options_read(&options->run, args, read_own, options, err)) return false;
    if (options->wish.n_values > 0 && options->wish.what == DY_TUNABLES)
        return dy_fail(err, "--values of what? --what momentum, or --what weight_decay");
    options->run.find = &options->wish;
    options->run.no_store = true; /* nothing is trained */
    options->run.jobs = 1;
    return true;
}
