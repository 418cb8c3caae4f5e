/* workers.h - a sweep on all processors: more desks, each with a lab of its own, that run the same script.
 *
 * They are started when the script in hand comes to a sweep and ended when its points are done. Each keeps what it trained in the
 * same store. One that dies costs the point it was at.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run_options.h"
#include "record/crew.h"

enum { DY_WORKERS_MOST = 256 };

typedef struct dy_workers {
    const dy_run_options *options;
    dy_crew *crew;
    bool joined;               /* this desk is a worker itself: it starts none */
    int64_t done_with;         /* points that were done when the last were ended */
    int pids[DY_WORKERS_MOST]; /* 0: none */
    int n;                     /* how many there are to be */
    int deaths;
    double began_s;   /* the sweep in hand; 0: none */
    int64_t began_at; /* how many points were done then */
} dy_workers;

/* Fails when there can be no crew. */
bool dy_workers_open(dy_workers *workers, const dy_run_options *options, dy_error *err);

/* Starts, replaces and ends workers as the sweep asks for it. */
void dy_workers_tick(dy_workers *workers, double now_s);

/* "sweep: 128 of 640 runs, 2 failed, best test accuracy 97.8 %, 12.5 runs/s, 0:41 left". false: no sweep is going on. */
bool dy_workers_describe(const dy_workers *workers, double now_s, char *to, size_t size);

void dy_workers_close(dy_workers *workers);
