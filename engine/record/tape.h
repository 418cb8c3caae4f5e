/* tape.h - the record of one run, read while it is being written.
 *
 * One process pushes, any number of threads and processes read. Samples never move and never change once
 * counted, so readers need no lock: take the length first, then look only below it. A tape is one relocatable block of
 * bytes, at home in shared memory.
 * Not a queue (nothing is consumed) and not a file (see store.h).
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* The head of a tape. It says where the body lies by its distance from the head itself, so that a reader
 * who does not trust the writer keeps a head of its own (dy_tape_head) and is never led outside. */
typedef struct dy_tape {
    int64_t room;
    intptr_t body_at; /* bytes from this head */
} dy_tape;

/* One update: what it used, and the mean loss of its batch before it. */
typedef struct dy_sample {
    double lr, momentum;
    float loss;
} dy_sample;

typedef enum dy_channel {
    DY_LR,
    DY_MOMENTUM,
    DY_LOSS,
    DY_CHANNELS,
} dy_channel;

/* Least and greatest finite value; lo > hi when there was none. */
typedef struct dy_range {
    double lo, hi;
} dy_range;

enum {
    DY_FOLD = 64
}; /* samples folded into one range and one mean, and ranges into one range above */

/* Bytes for a tape of at most `steps` samples, 0 to 2^56; a multiple of 64. */
size_t dy_tape_size(int64_t steps);

/* An empty tape in `memory`: dy_tape_size(steps) bytes, zeroed, 64-byte aligned. */
dy_tape *dy_tape_init(void *memory, int64_t steps);

/* Another head, good at its own address only, for the tape that was made in `memory` for `steps` samples; nothing
 * written there is believed. false: there is no such tape. */
bool dy_tape_head(dy_tape *head, const void *memory, int64_t steps);

/* threads: the writer. Asserts that room is left. Allocates nothing */
void dy_tape_push(dy_tape *tape, dy_sample sample);

/* 0 to room. threads: any. Everything below it is final */
int64_t dy_tape_len(const dy_tape *tape);
int64_t dy_tape_room(const dy_tape *tape); /* the `steps` it was made for */

/* Sample i, 0 <= i < len. threads: any */
double dy_tape_at(const dy_tape *tape, dy_channel channel, int64_t i);
/* Losses from..from+n-1 into losses[n], 0 <= from, from + n <= len. threads: any */
void dy_tape_losses(const dy_tape *tape, int64_t from, int64_t n, float *losses);

/* The mean of those losses of fold i that are finite, samples 64 i to 64 i + 63, 0 <= i, 64 (i + 1) <= len; NaN: none is. threads: any */
double dy_tape_mean_loss(const dy_tape *tape, int64_t i);

dy_sample dy_tape_sample(const dy_tape *tape, int64_t i);

/* Over samples from..to-1 (cut to 0..len), in O(64 log len). threads: any */
dy_range dy_tape_range(const dy_tape *tape, dy_channel channel, int64_t from, int64_t to);
