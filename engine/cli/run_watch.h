/* run_watch.h - who watches a script run: the terminal, and a person at the window where there is a display.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run.h"
#include "cli/terminal.h"
#include "view/film.h"
#include "view/live.h"

typedef struct dy_watch {
    const dy_run_options *options;
    const dy_run_own *own; /* NULL: this is `derny run`, which alone has a window */
    dy_terminal terminal;
    dy_board *board; /* of the lab in hand; NULL: none yet */
    dy_live *live;   /* NULL: there is neither a window nor a film */
    dy_film *film;   /* NULL: none */
    bool windowed;   /* there is a window */
    FILE *trace;     /* of it; NULL: none */
    dy_workers *workers;
    dy_keeper *keeper;         /* of the lab in hand */
    dy_weights_inbox *weights; /* NULL: none are wanted */
    bool restart;              /* the person wants another lab */
} dy_watch;

/* Fails when the trace cannot be written, or no film be made. */
bool dy_watch_open(dy_watch *watch, const dy_run_options *options, const dy_run_own *own,
                   dy_error *err);
void dy_watch_close(dy_watch *watch);

/* Someone will look at the labs, and may steer them: at the window; or only look, in a film. */
bool dy_watch_wants(const dy_watch *watch);

/* A lab is about to begin on this board: what it is to be told before its first update. */
void dy_watch_prepare(const dy_watch *watch, dy_board *board);

/* It has begun: opens the window where one is wanted and there is none yet. A display that takes none
 * is said on stderr, once, and the training goes on without. */
void dy_watch_begin(dy_watch *watch, dy_board *board);

/* What the desk is to be watched with. */
dy_desk_spec dy_watch_desk(dy_watch *watch);

/* The lab has ended, and no other is wanted at once: the film is finished. Fails when it is none; says why. */
bool dy_watch_end(dy_watch *watch, dy_error *err);

/* Then the window stays until the person closes it or wants another lab (watch->restart). Returns at once
 * where there is no window, or nothing to see in it. */
void dy_watch_linger(dy_watch *watch, const dy_verdict *verdict, bool failed);
