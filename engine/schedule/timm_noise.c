/* timm_noise.c - see timm_noise.h.
 *
 * source: Scheduler._calculate_noise of timm; of PyTorch MT19937RNGEngine.h and DistributionsHelper.h of ATen, whose
 * generator is M. Matsumoto and T. Nishimura, Mersenne Twister, 1998.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/timm_noise.h"

#include "schedule/timm.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum { WORDS = 624, AHEAD = 397 };

/* Words are made when they are first needed: most draws need 400 of them. */
typedef struct twister {
    uint32_t word[WORDS];
    int made, next;
} twister;

static twister twister_make(uint32_t seed)
{
    twister t;
    t.word[0] = seed;
    t.made = 1;
    t.next = 0;
    return t;
}

static uint32_t word_at(twister *t, int i)
{
    for (; t->made <= i; t->made++) {
        uint32_t before = t->word[t->made - 1];
        t->word[t->made] = 1812433253u * (before ^ (before >> 30)) + (uint32_t)t->made;
    }
    return t->word[i];
}

static uint32_t draw_32(twister *t)
{
    int i = t->next;
    t->next = (i + 1) % WORDS;
    uint32_t ahead = word_at(t, (i + AHEAD) % WORDS);
    uint32_t y = (word_at(t, i) & 0x80000000u) | (word_at(t, t->next) & 0x7fffffffu);
    y = ahead ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    t->word[i] = y;
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

/* In [0, 1), in steps of 2^-53. */
static double draw(twister *t)
{
    uint64_t high = draw_32(t);
    return (double)(((high << 32) | draw_32(t)) & ((1ull << 53) - 1)) * 0x1p-53;
}

/* torch.randn(1) and torch.rand(1) are floats. */
static double rounded(double x)
{
    return (double)(float)x;
}

/* Normal numbers come in pairs. */
static double normal_within(twister *t, double pct)
{
    for (;;) {
        double angle = 2 * PI * draw(t);
        double radius = sqrt(-2 * log1p(-draw(t)));
        double first = rounded(radius * cos(angle)), second = rounded(radius * sin(angle));
        if (fabs(first) < pct) return first;
        if (fabs(second) < pct) return second;
    }
}

static double uniform_within(twister *t, double pct)
{
    double share = (double)(draw_32(t) & ((1u << 24) - 1)) * 0x1p-24;
    return 2 * (share - 0.5) * pct;
}

bool dy_timm_noise_make(dy_timm_noise *noise, const dy_arg *args, bool uniform, dy_error *err)
{
    const dy_arg *range = &args[DY_TIMM_RANGE];
    double pct = args[DY_TIMM_PCT].real, seed = args[DY_TIMM_SEED].real;
    *noise = (dy_timm_noise){ .from = HUGE_VAL, .until = HUGE_VAL, .uniform = uniform };
    if (!range->given) return true;
    if (range->n > 2)
        return dy_fail(err, "noise_range_t has %lld times; want one, or two",
                       (long long)range->n);
    if (!uniform && pct < 1e-3)
        return dy_fail(err,
                       "noise_pct is %g: timm draws until the noise is less, which takes too "
                       "long; want at least 0.001, or no noise_range_t",
                       pct);
    if (seed != floor(seed) || fabs(seed) > 9e15)
        return dy_fail(err, "noise_seed is %g; want a whole number", seed);
    noise->from = range->reals[0];
    if (range->n == 2) noise->until = range->reals[1];
    noise->pct = pct;
    noise->seed = (int64_t)seed;
    return true;
}

double dy_timm_noise_at(const dy_timm_noise *noise, double t)
{
    if (!(noise->from <= t && t < noise->until)) return 0;
    twister random = twister_make((uint32_t)((uint64_t)noise->seed + (uint64_t)t));
    return noise->uniform ? uniform_within(&random, noise->pct)
                          : normal_within(&random, noise->pct);
}
