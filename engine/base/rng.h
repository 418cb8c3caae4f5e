/* rng.h - random numbers that are the same on every machine, and independent by name.
 *
 * A run draws its initial weights, its batches and its dropout masks from streams of their own, so that using one
 * more number in one place moves nothing elsewhere. The state is plain data: copying it is a snapshot.
 * Not for secrets.
 *
 * source: xoshiro256** and SplitMix64, D. Blackman and S. Vigna, 2018, https://prng.di.unimi.it
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdint.h>

typedef struct dy_rng {
    uint64_t s[4];
} dy_rng;

/* The stream called `stream` of `seed`, e.g. "weights", "batches", "dropout". */
dy_rng dy_rng_make(uint64_t seed, const char *stream);

uint64_t dy_rng_next(dy_rng *rng);

/* Uniform over [0, 1), 53 bits. */
double dy_rng_uniform(dy_rng *rng);

/* Standard normal; takes two uniforms and keeps none, so the state says all. Its last bit is the mathematics library's,
 * which may round a logarithm otherwise on another processor.
 * source: G. Box and M. Muller, 1958 */
double dy_rng_normal(dy_rng *rng);

/* Uniform over 0..n-1, n > 0, without bias. source: D. Lemire, 2019, arXiv:1805.10941 */
int64_t dy_rng_below(dy_rng *rng, int64_t n);

/* A uniformly random order of `order`. source: R. Durstenfeld, 1964 */
void dy_rng_shuffle(dy_rng *rng, int32_t *order, int64_t n);
