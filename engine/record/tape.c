/* tape.c - a head, then the body: the length, three columns of samples, the means of 64 losses each, and folds level by level.
 *
 * A fold is written when its last sample is, before the length that shows that sample, and never touched again. So a
 * reader who stays below the length it took sees only finished folds.
 *
 * SPDX-License-Identifier: MIT */
#include "record/tape.h"

#include <float.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { LINE = 64 }; /* everything starts on a cache line */

static const int64_t most_steps = INT64_C(1) << 56; /* so that no size below overflows */

struct body {
    _Alignas(LINE) _Atomic int64_t len;
};

_Static_assert(sizeof(dy_tape) <= LINE, "the head takes the first cache line");
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "a lock could be left behind by a killed writer");

static const dy_range empty = { HUGE_VAL, -HUGE_VAL };

static size_t lines(size_t bytes)
{
    return (bytes + LINE - 1) / LINE * LINE;
}

static size_t column_size(dy_channel channel, int64_t room)
{
    return lines((size_t)room * (channel == DY_LOSS ? sizeof(float) : sizeof(double)));
}

/* Bytes from the body to a channel's column; DY_CHANNELS: to the end of the last. */
static size_t column_at(int64_t room, dy_channel channel)
{
    size_t at = sizeof(struct body);
    for (int c = 0; c < (int)channel; c++) at += column_size((dy_channel)c, room);
    return at;
}

/* Bytes from the body to the folds; before them stand the means of the losses of those of level 1. */
static size_t folds_at(int64_t room)
{
    return column_at(room, DY_CHANNELS) + lines((size_t)(room / DY_FOLD) * sizeof(float));
}

/* Bytes of one level of folds, all channels, when it has room for `n` in each. */
static size_t level_size(int64_t n)
{
    return DY_CHANNELS * lines((size_t)n * sizeof(dy_range));
}

static struct body *body_of(const dy_tape *tape)
{
    return (struct body *)((char *)tape + tape->body_at);
}

static void *column(const dy_tape *tape, dy_channel channel)
{
    return (char *)body_of(tape) + column_at(tape->room, channel);
}

static float *mean_losses(const dy_tape *tape)
{
    return (float *)(void *)((char *)body_of(tape) + column_at(tape->room, DY_CHANNELS));
}

/* A channel's folds of a level; level 1 folds samples. */
static dy_range *folds(const dy_tape *tape, dy_channel channel, int level)
{
    size_t at = folds_at(tape->room);
    int64_t n = tape->room / DY_FOLD;
    for (int below = 1; below < level; below++, n /= DY_FOLD) at += level_size(n);
    at += (size_t)channel * lines((size_t)n * sizeof(dy_range));
    return (dy_range *)((char *)body_of(tape) + at);
}

size_t dy_tape_size(int64_t steps)
{
    DY_ASSERT(steps >= 0 && steps <= most_steps);
    size_t size = LINE + folds_at(steps);
    for (int64_t n = steps / DY_FOLD; n > 0; n /= DY_FOLD) size += level_size(n);
    return size;
}

dy_tape *dy_tape_init(void *memory, int64_t steps)
{
    DY_ASSERT((uintptr_t)memory % LINE == 0 && steps >= 0 && steps <= most_steps);
    dy_tape *tape = memory;
    *tape = (dy_tape){ .room = steps, .body_at = LINE };
    return tape;
}

bool dy_tape_head(dy_tape *head, const void *memory, int64_t steps)
{
    DY_ASSERT(steps >= 0 && steps <= most_steps);
    const dy_tape *written = memory;
    uintptr_t apart = (uintptr_t)memory + LINE - (uintptr_t)head;
    *head = (dy_tape){ .room = steps, .body_at = (intptr_t)apart };
    return written->room == steps && written->body_at == LINE;
}

static void widen(dy_range *range, double lo, double hi)
{
    bool finite = fabs(lo) <= DBL_MAX && fabs(hi) <= DBL_MAX;
    range->lo = finite && lo < range->lo ? lo : range->lo;
    range->hi = finite && hi > range->hi ? hi : range->hi;
}

/* Over entries from..to-1 of a level; level 0 is the samples. */
static dy_range widened(dy_range range, const dy_tape *tape, dy_channel channel, int level,
                        int64_t from, int64_t to)
{
    if (level > 0) {
        const dy_range *fold = folds(tape, channel, level);
        for (int64_t i = from; i < to; i++) widen(&range, fold[i].lo, fold[i].hi);
    } else if (channel == DY_LOSS) {
        const float *loss = column(tape, channel);
        for (int64_t i = from; i < to; i++) widen(&range, (double)loss[i], (double)loss[i]);
    } else {
        const double *value = column(tape, channel);
        for (int64_t i = from; i < to; i++) widen(&range, value[i], value[i]);
    }
    return range;
}

static float mean_of(const float *losses)
{
    double sum = 0;
    int n = 0;
    for (int i = 0; i < DY_FOLD; i++) {
        if (!isfinite(losses[i])) continue;
        sum += (double)losses[i];
        n++;
    }
    return n > 0 ? (float)(sum / n) : NAN;
}

/* Writes the folds that sample len-1 completes. */
static void fold(dy_tape *tape, int64_t len)
{
    int64_t done = len;
    if (len % DY_FOLD == 0) {
        const float *losses = column(tape, DY_LOSS);
        mean_losses(tape)[len / DY_FOLD - 1] = mean_of(losses + len - DY_FOLD);
    }
    for (int level = 1; done % DY_FOLD == 0; level++) {
        done /= DY_FOLD;
        for (dy_channel c = 0; c < DY_CHANNELS; c++) {
            folds(tape, c, level)[done - 1] =
                widened(empty, tape, c, level - 1, (done - 1) * DY_FOLD, done * DY_FOLD);
        }
    }
}

void dy_tape_push(dy_tape *tape, dy_sample sample)
{
    struct body *body = body_of(tape);
    int64_t i = atomic_load_explicit(&body->len, memory_order_relaxed);
    DY_ASSERT(i >= 0 && i < tape->room);
    ((double *)column(tape, DY_LR))[i] = sample.lr;
    ((double *)column(tape, DY_MOMENTUM))[i] = sample.momentum;
    ((float *)column(tape, DY_LOSS))[i] = sample.loss;
    fold(tape, i + 1);
    atomic_store_explicit(&body->len, i + 1, memory_order_release);
}

int64_t dy_tape_len(const dy_tape *tape)
{
    int64_t len = atomic_load_explicit(&body_of(tape)->len, memory_order_acquire);
    if (len < 0) return 0;
    return len < tape->room ? len : tape->room;
}

int64_t dy_tape_room(const dy_tape *tape)
{
    return tape->room;
}

double dy_tape_at(const dy_tape *tape, dy_channel channel, int64_t i)
{
    DY_ASSERT(i >= 0 && i < tape->room);
    const void *values = column(tape, channel);
    return channel == DY_LOSS ? (double)((const float *)values)[i]
                              : ((const double *)values)[i];
}

void dy_tape_losses(const dy_tape *tape, int64_t from, int64_t n, float *losses)
{
    DY_ASSERT(from >= 0 && n >= 0 && from <= tape->room - n);
    memcpy(losses, (const float *)column(tape, DY_LOSS) + from, (size_t)n * sizeof *losses);
}

double dy_tape_mean_loss(const dy_tape *tape, int64_t i)
{
    DY_ASSERT(i >= 0 && i < tape->room / DY_FOLD);
    return (double)mean_losses(tape)[i];
}

dy_sample dy_tape_sample(const dy_tape *tape, int64_t i)
{
    return (dy_sample){ .lr = dy_tape_at(tape, DY_LR, i),
                        .momentum = dy_tape_at(tape, DY_MOMENTUM, i),
                        .loss = (float)dy_tape_at(tape, DY_LOSS, i) };
}

dy_range dy_tape_range(const dy_tape *tape, dy_channel channel, int64_t from, int64_t to)
{
    int64_t len = dy_tape_len(tape);
    if (from < 0) from = 0;
    if (to > len) to = len;
    dy_range range = empty;
    for (int level = 0; from < to; level++) {
        int64_t up_from = (from + DY_FOLD - 1) / DY_FOLD, up_to = to / DY_FOLD;
        if (up_from >= up_to) {
            range = widened(range, tape, channel, level, from, to);
            break;
        }
        range = widened(range, tape, channel, level, from, up_from * DY_FOLD);
        range = widened(range, tape, channel, level, up_to * DY_FOLD, to);
        from = up_from;
        to = up_to;
    }
    return range;
}
