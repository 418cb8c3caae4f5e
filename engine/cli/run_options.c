/* run_options.c - see run_options.h.   SPDX-License-Identifier: MIT */
#include "cli/run_options.h"

#include "view/paint.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const dy_option DY_RUN_OPTIONS[] = {
    DY_SCRIPT_OPTIONS,
    { "csv", "FILE", "write every update of every run: run,step,epoch,lr,momentum,loss" },
    { "json", "FILE", "write the runs, their results and their curves" },
    { "plot", "FILE", "draw lr, momentum and loss into a .png, .svg or .pdf" },
    { "weights", "FILE",
      "write the network of the last run, of a race its best, as safetensors" },
    { "record", "FILE", "write what a person does to the runs as a script that does it again" },
    { "snapshots", "MB",
      "the most that the past of a race may take, to go back to (default 256)" },
    DY_KEEP_OPTIONS,
    { "jobs", "N", "labs that share a sweep (default: one a processor)" },
    { "shard", "I/N", "only part I of N of a sweep" },
    { "quiet", NULL, "no progress and no table; only what the script prints" },
    { "no-window", NULL, "do not open the live window" },
    { "hold", NULL, "wait before the first update until a person goes on: time to predict" },
    { "scale", "X", "pixels to a point of the window, 1 to 4 (default: the display's)" },
    { "frames", "DIR", "write a numbered PNG of what is seen every so often" },
    { "frames-every", "S", "seconds between two of them (default 0.2)" },
    { "film", "FILE.mp4", "make a film of them, with ffmpeg" },
    { "trace", "FILE", "write what the window does, a line each: for tests" },
    { NULL, NULL, NULL },
};

static bool read_setting(dy_run_options *options, const char *text, dy_error *err)
{
    const char *equals = strchr(text, '=');
    size_t len = equals ? (size_t)(equals - text) : 0;
    if (len == 0 || len >= sizeof options->names[0])
        return dy_fail(err, "--set is '%.60s'; want NAME=VALUE", text);
    if (options->n_settings == DY_SETTINGS_MAX)
        return dy_fail(err, "more than %d times --set", DY_SETTINGS_MAX);
    char *name = options->names[options->n_settings];
    memcpy(name, text, len);
    name[len] = '\0';
    options->settings[options->n_settings++] =
        (dy_setting){ .name = name, .value = equals + 1 };
    return true;
}

static bool read_seed(dy_run_options *options, const char *text, dy_error *err)
{
    char *end;
    errno = 0;
    long long seed = strtoll(text, &end, 10);
    if (end == text || *end || seed < 0 || errno)
        return dy_fail(err, "--seed is '%.60s'; want a whole number of at least 0", text);
    options->has_seed = true;
    options->seed = (uint64_t)seed;
    return true;
}

static bool read_jobs(dy_run_options *options, const char *text, dy_error *err)
{
    double n;
    if (!dy_args_real("jobs", text, 1, 256, &n, err)) return false;
    options->jobs = (int)n;
    return true;
}

static bool read_shard(dy_run_options *options, const char *text, dy_error *err)
{
    char *end;
    long shard = strtol(text, &end, 10);
    long shards = *end == '/' && end[1] ? strtol(end + 1, &end, 10) : 0;
    options->shard = (int)shard;
    options->shards = (int)shards;
    if (!*end && shard >= 1 && shard <= shards && shards <= 1000000) return true;
    return dy_fail(err, "--shard is '%.60s'; want I/N, part I of N, as in 1/4", text);
}

static bool read_snapshots(dy_run_options *options, const char *text, dy_error *err)
{
    double mb;
    if (!dy_args_real("snapshots", text, 0, 1 << 20, &mb, err)) return false;
    options->snapshots = (int64_t)(mb * (1 << 20));
    return true;
}

static bool read_option(dy_run_options *options, const char *name, const char *value,
                        dy_error *err)
{
    bool mine;
    if (!dy_bounds_read(&options->bounds, name, value, &mine, err)) return false;
    if (mine) return true;
    if (strcmp(name, "set") == 0) return read_setting(options, value, err);
    if (strcmp(name, "seed") == 0) return read_seed(options, value, err);
    if (strcmp(name, "plot") == 0) {
        options->plot = value;
        return dy_paint_knows(value, err) || dy_fail_in(err, "--plot");
    }
    if (strcmp(name, "weights") == 0) options->weights = value;
    if (strcmp(name, "frames-every") == 0)
        return dy_args_real(name, value, 0.02, 3600, &options->frames_every_s, err);
    if (strcmp(name, "frames") == 0) options->frames = value;
    if (strcmp(name, "film") == 0) options->film = value;
    if (strcmp(name, "scale") == 0)
        return dy_args_real(name, value, 1, 4, &options->scale, err);
    if (strcmp(name, "snapshots") == 0) return read_snapshots(options, value, err);
    if (strcmp(name, "csv") == 0) options->csv = value;
    if (strcmp(name, "record") == 0) options->record = value;
    if (strcmp(name, "json") == 0) options->json = value;
    if (strcmp(name, "store") == 0) options->store = value;
    if (strcmp(name, "jobs") == 0) return read_jobs(options, value, err);
    if (strcmp(name, "shard") == 0) return read_shard(options, value, err);
    if (strcmp(name, "no-store") == 0) options->no_store = true;
    if (strcmp(name, "quiet") == 0) options->quiet = true;
    if (strcmp(name, "help") == 0) options->help = true;
    if (strcmp(name, "no-window") == 0) options->no_window = true;
    if (strcmp(name, "hold") == 0) options->hold = true;
    if (strcmp(name, "trace") == 0) options->trace = value;
    return true;
}

bool dy_run_options_read(dy_run_options *options, dy_args *args, dy_own_option *own, void *self,
                         dy_error *err)
{
    *options = (dy_run_options){ .bounds = dy_bounds_defaults(),
                                 .frames_every_s = 0.2,
                                 .snapshots = (int64_t)256 << 20 };
    for (;;) {
        const dy_option *option;
        const char *value;
        bool more;
        if (!dy_args_next(args, &option, &value, &more, err)) return false;
        if (!more) break;
        bool taken = false;
        if (option && own && !own(self, option->name, value, &taken, err)) return false;
        if (option && !taken && !read_option(options, option->name, value, err)) return false;
        if (!option && options->script)
            return dy_fail(err, "one script a time: %.100s and %.100s", options->script, value);
        if (!option) options->script = value;
    }
    if (!options->script && !options->help)
        return dy_fail(err, "which script? derny %s SCRIPT", args->command->name);
    return true;
}
