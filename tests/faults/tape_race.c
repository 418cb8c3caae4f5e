/* tape_race.c - one thread writes a tape, others read it meanwhile, under ThreadSanitizer.
 *
 * Plain C and pthreads: neither Criterion nor <threads.h> runs under that sanitizer. It reports the races; what is read
 * is checked here besides.
 *
 * SPDX-License-Identifier: MIT */
#include "record/tape.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 1000000, READERS = 2 };

static dy_tape *tape;
static _Atomic int wrong;

/* Sample i is made of i, so that every range is known. */
static dy_sample sample_of(int64_t i)
{
    return (dy_sample){ .lr = (double)i, .momentum = (double)-i, .loss = (float)i };
}

static void *write_samples(void *argument)
{
    (void)argument;
    for (int64_t i = 0; i < STEPS; i++) dy_tape_push(tape, sample_of(i));
    return NULL;
}

static void check(int64_t from, int64_t to)
{
    dy_range lr = dy_tape_range(tape, DY_LR, from, to);
    dy_range momentum = dy_tape_range(tape, DY_MOMENTUM, from, to);
    dy_range loss = dy_tape_range(tape, DY_LOSS, from, to);
    double lo = (double)from, hi = (double)(to - 1);
    bool right = lr.lo == lo && lr.hi == hi && momentum.lo == -hi && momentum.hi == -lo &&
                 loss.lo == lo && loss.hi == hi;
    dy_sample last = dy_tape_sample(tape, to - 1);
    if (!right || last.lr != hi || (double)last.loss != hi) atomic_fetch_add(&wrong, 1);
}

static void *read_samples(void *argument)
{
    uint64_t random = 12345 + *(const unsigned *)argument;
    for (int64_t len = 0; len < STEPS;) {
        len = dy_tape_len(tape);
        if (len == 0) continue;
        random = random * 6364136223846793005u + 1442695040888963407u;
        int64_t from = (int64_t)((random >> 33) % (uint64_t)len);
        check(0, len);
        check(from, len);
        check(from / 2, from + 1);
    }
    return NULL;
}

int main(void)
{
    void *memory = NULL;
    if (posix_memalign(&memory, 64, dy_tape_size(STEPS))) return 1;
    memset(memory, 0, dy_tape_size(STEPS));
    tape = dy_tape_init(memory, STEPS);

    pthread_t writer, readers[READERS];
    unsigned numbers[READERS];
    for (unsigned i = 0; i < READERS; i++) {
        numbers[i] = i;
        if (pthread_create(&readers[i], NULL, read_samples, &numbers[i])) return 1;
    }
    if (pthread_create(&writer, NULL, write_samples, NULL)) return 1;
    pthread_join(writer, NULL);
    for (int i = 0; i < READERS; i++) pthread_join(readers[i], NULL);
    free(memory);
    printf("%d of the readings were wrong\n", wrong);
    return wrong != 0;
}
