/* motion.c - see motion.h.   SPDX-License-Identifier: MIT */
#include "learn/motion.h"

#include "base/clones.h"

#include <math.h>
#include <string.h>

enum { PARTS = 8 };

/* Rows with what lies between them, which is and stays 0. */
static int64_t floats_of(dy_mat w)
{
    return w.rows * w.row_stride;
}

void dy_motion_note(dy_mat w, float *before)
{
    memcpy(before, w.at, (size_t)floats_of(w) * sizeof *before);
}

/* Adds the eight parts in a fixed order, so that it is vector code and the same bits everywhere. */
static double folded(double parts[PARTS])
{
    for (int half = PARTS / 2; half > 0; half /= 2)
        for (int j = 0; j < half; j++) parts[j] += parts[j + half];
    return parts[0];
}

/* Rows begin on cache lines, so n is a multiple of eight. */
DY_CLONES static void add_squares(const float *restrict now, const float *restrict before,
                                  int64_t n, double *moved, double *weights)
{
    double changes[PARTS] = { 0 }, sizes[PARTS] = { 0 };
    for (int64_t i = 0; i < n; i += PARTS)
        for (int j = 0; j < PARTS; j++) {
            double was = (double)before[i + j], change = (double)now[i + j] - was;
            changes[j] += change * change;
            sizes[j] += was * was;
        }
    *moved += folded(changes);
    *weights += folded(sizes);
}

void dy_motion_add(dy_motion *motion, dy_mat w, const float *before)
{
    DY_ASSERT(w.row_stride % PARTS == 0);
    add_squares(w.at, before, floats_of(w), &motion->moved, &motion->weights);
}

double dy_motion_gradient_norm(const dy_motion *motion)
{
    return sqrt(motion->gradient);
}

double dy_motion_ratio(const dy_motion *motion)
{
    return motion->weights > 0 ? sqrt(motion->moved / motion->weights) : 0;
}
