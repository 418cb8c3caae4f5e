/* live.h - the window while a lab trains: what a person sees there, and does.
 *
 * Joins the device (window.h), the picture (scene.h, paint.h) and what was chosen (look.h, hold.h, guess.h) to one board: what
 * is on it is drawn, what a person does there becomes orders on it. Nothing is drawn unless something changed.
 * It knows no lab: who does (the desk's side of a command) ticks it, and does what it wishes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

#include <stdio.h>

typedef struct dy_live dy_live;
typedef struct dy_film dy_film;

/* What the person wants that orders on a board cannot bring about. */
typedef enum dy_live_wish {
    DY_LIVE_GO_ON,
    DY_LIVE_END,     /* the lab ended, at once */
    DY_LIVE_CLOSE,   /* an end of everything */
    DY_LIVE_DETACH,  /* the window closed, the training going on */
    DY_LIVE_LOST,    /* the same, because the display is gone */
    DY_LIVE_RESTART, /* the lab ended, at once, and another begun */
} dy_live_wish;

typedef struct dy_live_spec {
    const char *script; /* its file's name, for the title and the names of pictures */
    bool unseen;        /* no window is opened: only the film is wanted */
    double scale;       /* device pixels to a logical one; 0: the display's */
    dy_film *film; /* borrowed; a picture is added every so often; NULL: none (see film.h) */
    double every_s;
    FILE *trace; /* told what the window does, a line each; or NULL */
    void *self;  /* first argument of those below */
    /* asked for at a key; NULL: cannot be had. Fill *err with what to say, of a failure or of success */
    bool (*reload)(void *self, dy_error *err);
    bool (*record)(void *self, dy_error *err);
} dy_live_spec;

/* Whether this process has been given a display to open windows on. */
bool dy_live_wanted(void);

/* Opens the window. Fails when there can be no window; says why. */
bool dy_live_open(dy_live **live, const dy_live_spec *spec, dy_error *err);
void dy_live_close(dy_live *live); /* NULL is fine */

/* Closes the window; the film goes on. */
void dy_live_go_unseen(dy_live *live);

/* A lab begins, on another board, or ends for good. The board must live until then, or until the live is closed. */
void dy_live_begin(dy_live *live, dy_board *board);
/* `state`: "done", "failed", ...; `why`: a sentence, or empty. */
void dy_live_end(dy_live *live, const char *state, const char *why, bool alarm);

/* Takes the last picture of the film, if there is one. Fails when one of its pictures could not be added; says why. */
bool dy_live_end_film(dy_live *live, dy_error *err);

/* Shows a line for a while, and errors until the next. `n` bytes of a stranger's text. */
void dy_live_say(dy_live *live, const char *text, size_t n, bool alarm);

/* Takes what the person did, draws what changed. Sixty times a second. */
dy_live_wish dy_live_tick(dy_live *live, double now_s);
