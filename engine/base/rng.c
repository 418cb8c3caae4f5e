/* rng.c - see rng.h.   SPDX-License-Identifier: MIT */
#include "base/rng.h"

#include "base/error.h"

#include <math.h>

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* FNV-1a, so that stream names and not their order of creation decide. */
static uint64_t hash(const char *text)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (; *text; text++) h = (h ^ (unsigned char)*text) * 0x100000001b3u;
    return h;
}

dy_rng dy_rng_make(uint64_t seed, const char *stream)
{
    uint64_t state = seed;
    state = splitmix(&state) ^ hash(stream);
    dy_rng rng;
    for (int i = 0; i < 4; i++) rng.s[i] = splitmix(&state);
    return rng;
}

static uint64_t rotl(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

uint64_t dy_rng_next(dy_rng *rng)
{
    uint64_t *s = rng->s;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

double dy_rng_uniform(dy_rng *rng)
{
    return (double)(dy_rng_next(rng) >> 11) * 0x1p-53;
}

double dy_rng_normal(dy_rng *rng)
{
    double u = 1.0 - dy_rng_uniform(rng); /* (0, 1]: the logarithm is finite */
    double v = dy_rng_uniform(rng);
    return sqrt(-2.0 * log(u)) * cos(2.0 * 3.14159265358979323846 * v);
}

int64_t dy_rng_below(dy_rng *rng, int64_t n)
{
    DY_ASSERT(n > 0);
    uint64_t bound = (uint64_t)n;
    uint64_t reject =
        -bound % bound; /* this many of the 2^64 values would favour small results */
    for (;;) {
        __extension__ typedef unsigned __int128 wide;
        wide product = (wide)dy_rng_next(rng) * bound;
        if ((uint64_t)product >= reject) return (int64_t)(product >> 64);
    }
}

void dy_rng_shuffle(dy_rng *rng, int32_t *order, int64_t n)
{
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = dy_rng_below(rng, i + 1);
        int32_t swap = order[i];
        order[i] = order[j];
        order[j] = swap;
    }
}
