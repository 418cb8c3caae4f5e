/* desk.h - the parent process: watches one lab, its messages, its patience and the person's Ctrl-C.
 *
 * Whoever shows something (a progress line, later a window) is called back; the desk itself prints nothing.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/lab.h"
#include "lab/message.h"

typedef enum dy_ending {
    DY_ENDED_OK,          /* the lab's main returned 0 */
    DY_ENDED_FAILED,      /* it returned something else, having said why */
    DY_ENDED_INTERRUPTED, /* by a person: once, cleanly; twice, at once */
    DY_ENDED_PATIENCE, /* no update and no call into Derny for too long: asked to end, or killed */
    DY_ENDED_CRASHED, /* it died by a signal, or without a word */
} dy_ending;

/* What whoever shows it asks of the desk; the strongest counts. */
typedef enum dy_wish {
    DY_WISH_GO_ON,
    DY_WISH_STOP, /* as an interrupt: cleanly */
    DY_WISH_END,  /* as two: at once */
} dy_wish;

typedef struct dy_desk_spec {
    double patience_s; /* 0: without end */
    double tick_s;     /* between two ticks; 0: a tenth of a second */
    void *self;        /* first argument of the two below */
    void (*on_message)(void *self, const dy_message *message); /* the lab's stderr comes as
                                                                   DY_MESSAGE_WARN */
    dy_wish (*on_tick)(void *self);                            /* and once at the end */
} dy_desk_spec;

typedef struct dy_verdict {
    dy_ending ending;
    int code;     /* the lab's exit code, or the signal that ended it */
    bool by_hand; /* interrupted by a wish, not by a signal */
    int interrupt; /* the first SIGINT, SIGTERM or SIGHUP that came meanwhile, SIGINT for a wish; 0: none */
    char text[400]; /* one clear sentence; empty for OK, and where the lab itself said why */
} dy_verdict;

/* Watches until the lab has ended and all its messages are delivered. Runs still DY_RUNNING on the board are then set to
 * DY_FAILED (DY_STOPPED after an interrupt) with what their tapes hold, and nothing of the child is left: no process, no
 * descriptor. SIGINT, SIGTERM and SIGHUP are handled meanwhile (unless they were ignored), and put back after.
 * Fails only when it cannot watch; the lab is then killed all the same. threads: one watch at a time in a process */
bool dy_desk_watch(dy_lab_child *child, dy_board *board, const dy_desk_spec *spec,
                   dy_verdict *verdict, dy_error *err);

/* Goes on ticking where there is no lab any more, until a tick wishes for something or a signal comes, which is a
 * DY_WISH_STOP. Returns what it was. */
dy_wish dy_desk_linger(const dy_desk_spec *spec);
