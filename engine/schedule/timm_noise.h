/* timm_noise.h - the noise that timm adds to lr: lr + lr noise.
 *
 * Seeded anew at each time, so it is a function of the time; drawn as PyTorch draws on a CPU, bit for bit.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipes.h"

typedef struct dy_timm_noise {
    double from, until; /* the times it is added at */
    double pct;
    int64_t seed;
    bool uniform; /* within pct; else normal, drawn again until it is within pct */
} dy_timm_noise;

/* From the parameters DY_TIMM_NOISE, the first of which `args` points to. */
bool dy_timm_noise_make(dy_timm_noise *noise, const dy_arg *args, bool uniform, dy_error *err);

/* 0 outside its range. Takes a microsecond within */
double dy_timm_noise_at(const dy_timm_noise *noise, double t);
