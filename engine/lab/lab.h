/* lab.h - the child process in which Lua and training run.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/sandbox.h"
#include "record/board.h"
#include "record/crew.h"

#include <sys/types.h>

/* What the child is given. */
typedef struct dy_lab {
    dy_board *board;
    int out;               /* for dy_message_send */
    dy_crew *crew;         /* of a sweep; NULL: none */
    const dy_known *known; /* [n_known] in the order of ids: runs that need not be made again */
    int64_t n_known;
    bool watched; /* someone may look ahead: set by the lab's main. It moves no bit */
} dy_lab;

/* The child's whole work; what it returns is its exit code, 0 to 100. */
typedef int dy_lab_main(dy_lab *lab, void *argument);

typedef struct dy_lab_child {
    pid_t pid;
    int in;     /* read end of the message pipe, non-blocking */
    int errors; /* read end of the child's stderr, non-blocking */
} dy_lab_child;

/* Forks. The child stays in the terminal's foreground group, but ignores SIGINT, SIGTERM and SIGHUP: they reach the desk,
 * which decides. It dies with the thread that started it, has no open descriptor of its parent's, reads nothing on stdin, writes
 * stdout to nowhere and stderr to the desk; it raises the walls, runs `main` and leaves without exit handlers.
 * The child is dy_desk_watch's to end. Fails when there can be no pipe or process. threads: no other may be using the board */
bool dy_lab_start(dy_lab_child *child, dy_board *board, const dy_walls *walls,
                  dy_lab_main *main, void *argument, dy_error *err);

/* SIGUSR1 asks the lab to give up what it is doing: the handler given here runs in signal context. Sent by the desk
 * when patience has run out, before it kills. Without a handler the signal ends the lab. threads: the lab */
void dy_lab_on_hurry(void (*handler)(int));

/* Patience: each update and each call into Derny says so. The two below bracket Derny's own code, where a script is not
 * to blame for time spent; they nest by saving what enter returned. A few ns. threads: the lab */
int dy_lab_enter(dy_lab *lab); /* into Derny; returns what leave needs */
void dy_lab_leave(dy_lab *lab, int was);
int dy_lab_lend(
    dy_lab *lab); /* from Derny into a script's function; undone by dy_lab_leave as well */
