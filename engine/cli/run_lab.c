/* run_lab.c - see run_lab.h.   SPDX-License-Identifier: MIT */
#include "cli/run_lab.h"

#include "lab/message.h"
#include "learn/blas.h"
#include "lua/keep_weights.h"
#include "lua/rehearsal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void name_data_folders(dy_run_folders *folders)
{
    int n = 0;
    const char *data = getenv("DERNY_DATA");
    const char *xdg = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    if (data && *data) {
        snprintf(folders->data[0], PATH_MAX, "%s", data);
        folders->list[n++] = folders->data[0];
    }
    if (xdg && *xdg)
        snprintf(folders->data[1], PATH_MAX, "%s/derny", xdg);
    else if (home && *home)
        snprintf(folders->data[1], PATH_MAX, "%s/.local/share/derny", home);
    if (folders->data[1][0]) folders->list[n++] = folders->data[1];
    folders->list[n] = NULL;
}

bool dy_run_folders_find(dy_run_folders *folders, const char *script, dy_error *err)
{
    *folders = (dy_run_folders){ 0 };
    struct stat info;
    if (stat(script, &info)) return dy_fail(err, "%s: %s", script, strerror(errno));
    if (!S_ISREG(info.st_mode)) return dy_fail(err, "%s: not a file", script);
    if (access(script, R_OK)) return dy_fail(err, "%s: %s", script, strerror(errno));
    const char *slash = strrchr(script, '/');
    size_t len = slash ? (size_t)(slash - script) : 0;
    if (len >= PATH_MAX) return dy_fail(err, "the script's path is too long");
    memcpy(folders->script, script, len);
    if (!slash) strcpy(folders->script, ".");
    if (slash == script) strcpy(folders->script, "/");
    name_data_folders(folders);
    int n = 0;
    folders->readable[n++] = folders->script;
    for (int i = 0; folders->list[i]; i++) folders->readable[n++] = folders->list[i];
    folders->readable[n] = NULL;
    return true;
}

/* Options that did nothing are probably slips. */
static void warn_unused(const dy_lab *lab, const dy_host *host)
{
    for (int i = 0; i < host->n_settings; i++)
        if (!host->settings[i].used)
            dy_message_say(lab->out, DY_MESSAGE_WARN,
                           "--set %s=%s had no effect: the script has no derny.option(\"%s\")",
                           host->settings[i].name, host->settings[i].value,
                           host->settings[i].name);
    dy_rng untouched = dy_rng_make(host->seed, "script");
    bool drawn = memcmp(&untouched, &host->random, sizeof untouched) != 0;
    if (host->has_seed && !host->seed_used && !drawn)
        dy_message_say(lab->out, DY_MESSAGE_WARN,
                       "--seed had no effect: the script's runs set their own seed; try seed = "
                       "derny.option(\"seed\", 1)");
}

/* Edits that found no place to be done are probably another script's, or this one has changed. */
static void warn_missed(const dy_lab *lab, int64_t missed, int64_t n)
{
    if (missed > 0)
        dy_message_say(lab->out, DY_MESSAGE_WARN,
                       "derny.replay: %lld of %lld edits %s not done: %s moment never came",
                       (long long)missed, (long long)n, missed == 1 ? "was" : "were",
                       missed == 1 ? "its" : "their");
}

int dy_run_lab(dy_lab *lab, void *argument)
{
    const dy_run_job *job = argument;
    dy_run_options *options = job->options;
    dy_host host = { .lab = lab,
                     .file = options->script,
                     .text = job->text,
                     .shard = options->shard,
                     .shards = options->shards,
                     .folder = job->folders->script,
                     .data_folders = job->folders->list,
                     .memory_limit = options->bounds.memory,
                     .patience_s = options->bounds.patience_s,
                     .has_seed = options->has_seed,
                     .seed = options->seed,
                     .settings = options->settings,
                     .n_settings = options->n_settings,
                     .snapshots = options->snapshots,
                     .find = options->find };
    dy_kept_weights kept = { .arena = dy_arena_make(0) };
    dy_error err;
    lua_State *L;
    lab->watched = job->watched;
    lab->crew = job->crew;
    lab->known = job->known;
    lab->n_known = job->n_known;
    if (options->weights) host.keep = &kept;
    dy_blas_start();
    if (!dy_script_open(&L, &host, &err)) {
        dy_message_say(lab->out, DY_MESSAGE_ERROR, "%s", err.text);
        return 1;
    }
    if (options->plan) dy_rehearse(L);
    bool ok = dy_script_run(L, &err) || host.ended;
    if (ok && host.find && !host.ended)
        ok = dy_fail(&err, "%s: trains nothing, so there is no lr to find", options->script);
    if (!ok) dy_message_say(lab->out, DY_MESSAGE_ERROR, "%s", err.text);
    if (ok) warn_missed(lab, host.replay.n - host.replay.heeded, host.replay.n);
    if (ok) warn_unused(lab, &host); /* some of the settings may be the script's own */
    dy_script_close(L);
    if (kept.any) dy_weights_send(lab->out, &kept.head, kept.flat);
    return ok && !host.failed ? 0 : 1;
}
