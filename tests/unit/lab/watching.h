/* watching.h - a desk that watches one lab and notes what it was told, and the labs that several tests watch.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/desk.h"

/* What the desk told whoever shows it. */
struct shown {
    dy_lab_child child;
    int ticks, messages, errors;
    size_t bytes;
    char last[128];
    dy_wish wish; /* what the next tick answers */
    void (*at_tick)(struct shown *shown);
};

/* For init and fini of each test. */
void open_board(void);
void close_board(void);

/* Of the test in hand. */
extern dy_board *board;
extern struct shown shown;
extern dy_verdict verdict;

/* Runs a lab to its end; afterwards nothing of it may be left. */
void watch(dy_lab_main *main, double patience_s, void (*at_tick)(struct shown *shown));

/* Labs, and what they are made of. */
void say(dy_lab *lab, dy_message_kind kind, const char *text);
int die_by(int number);
int end_well(dy_lab *lab, void *argument);
int fail_with_reason(dy_lab *lab, void *argument);
int loop(dy_lab *lab, void *argument);
int loop_deaf(dy_lab *lab, void *argument);           /* to SIGUSR1 as well */
int work_in_small_calls(dy_lab *lab, void *argument); /* for 1.5 s */
int heed_stop(dy_lab *lab, void *argument);

/* For at_tick. */
void interrupt_once(struct shown *s);
