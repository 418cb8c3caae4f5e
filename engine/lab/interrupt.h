/* interrupt.h - SIGINT, SIGTERM and SIGHUP to the desk, counted.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <signal.h>

enum { DY_INTERRUPTS = 3 }; /* signals that are one */

/* How they were handled before. */
typedef struct dy_interrupts {
    struct sigaction before[DY_INTERRUPTS];
} dy_interrupts;

/* Counts from 0. What is ignored stays so: that is how nohup and a shell's background jobs ask for it. threads: one listener
 * at a time in a process */
void dy_interrupts_listen(dy_interrupts *interrupts);
void dy_interrupts_restore(const dy_interrupts *interrupts);

int dy_interrupts_count(void);
int dy_interrupts_first(void); /* the signal; 0: none yet */
