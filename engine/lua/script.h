/* script.h - a Lua state for a stranger's script, and the one door through which it is called.
 *
 * A script has an allow-list of Lua's libraries (library.h) and the module `derny`; it lives under a memory cap, and prints through
 * the lab's pipe. All that would differ from run to run is replaced: the order of pairs, random numbers, the
 * pivots of sort, addresses in tostring.
 * Not the wall against a script that breaks Lua itself: that is lab/sandbox.h and the desk.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"
#include "base/rng.h"
#include "lab/lab.h"
#include "lab/replay.h"

#include <lua.h>

/* One --set name=value. */
typedef struct dy_setting {
    const char *name, *value;
    bool used; /* a derny.option asked for it */
} dy_setting;

enum { DY_SAID_MOST = 256, DY_DIVERGED_MOST = 16 };

/* Of an experiment (divergence.h). */
typedef struct dy_diverged {
    uint64_t key;
    double lr;
} dy_diverged;

/* The point of a sweep that is being trained. */
typedef struct dy_sweeping {
    const char *sweep, *point;                 /* its name; the point as JSON */
    bool (*known)(void *self, const char *id); /* whether the run of that id need not be made */
    void *self;
} dy_sweeping;

/* A caption for an update that has not come. */
typedef struct dy_saying {
    int64_t step; /* updates made before it */
    char text[104];
} dy_saying;

enum { DY_SAYINGS_MOST = 128 };

/* What bindings know of their script: found from any lua_State of it, coroutines included. */
typedef struct dy_host {
    dy_lab *lab;
    const char *file;                /* as given, for messages */
    const char *folder;              /* where require and data files are looked for */
    const char *const *data_folders; /* and where else data files are; NULL-terminated */
    int64_t memory_limit;            /* of the Lua heap, bytes */
    int64_t memory_used;
    bool memory_refused; /* the cap was met */
    double patience_s;   /* the desk's, for the message when it has run out */
    bool has_seed;
    uint64_t seed;  /* of --seed, or 0; math.random starts from it */
    bool seed_used; /* a run asked for it */
    dy_rng random;  /* behind math.random */
    dy_setting *settings;
    int n_settings;
    int64_t printed;             /* bytes so far */
    const char *text;            /* of the script, as it was when it began; NULL: not known */
    int shard, shards;           /* the part of sweeps that is trained; shards 0: all */
    const dy_sweeping *sweeping; /* NULL: nothing */
    struct dy_session
        *session; /* the one whose update it is, or whose callback; NULL: none's */
    dy_saying sayings[DY_SAYINGS_MOST];
    int n_sayings;
    int64_t sweep_points; /* of all sweeps so far */
    const char *name;     /* what runs without one are called; NULL: as the file */
    dy_replay replay;     /* what is to be done to the runs */
    int64_t snapshots;    /* bytes for the past of each race, where one may have to go back */
    int32_t races;        /* opened so far: numbers the next one */
    const struct dy_find_wish *find; /* a range test in place of the first run; NULL: none */
    bool rehearsal;                  /* runs are planned and not trained: see rehearsal.h */
    struct dy_kept_weights *keep;    /* for the desk to write; NULL: not asked for */
    bool ended; /* that has been made: the script goes no further, and did not fail */
    bool
        ahead; /* a copy of a schedule function is asked, to be drawn: nothing it does counts */
    bool failed; /* a lane failed while others went on: the exit code says so */
    /* hashes of the warnings about schedules, the last of n_said */
    uint64_t said[DY_SAID_MOST];
    int64_t n_said;
    dy_diverged diverged[DY_DIVERGED_MOST]; /* what range tests found, the last of n_diverged */
    int64_t n_diverged;
    lua_State
        *pace_state;    /* where schedule functions are called, and where on its stack stand */
    int pace_functions; /* the table of them (pace.h) */
    int pace_moment;    /* and their argument */
} dy_host;

dy_host *dy_host_of(lua_State *L);

/* A state with the libraries and `derny`, made of `host`, which must outlive it. Fails when memory is short. */
bool dy_script_open(lua_State **state, dy_host *host, dy_error *err);
void dy_script_close(lua_State *L);

/* Loads and runs host->file (text only). Fails with "file:line: message" (and a traceback of a few lines for an error in a
 * function the script called); "not enough memory" says the cap and --memory. */
bool dy_script_run(lua_State *L, dy_error *err);

/* The door: calls the function and n_args arguments on the stack, as lua_pcall, for n_results. An error ends in *err
 * as text (a table or nil says so), and nothing is left on the stack. `L` may be any coroutine of the state. */
bool dy_script_call(lua_State *L, int n_args, int n_results, dy_error *err);

/* Throws *err at the caller's line. */
_Noreturn void dy_throw(lua_State *L, const dy_error *err);
