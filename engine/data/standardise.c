/* standardise.c - dy_dataset_standardise: mean 0 and standard deviation 1 by way of scale and shift.
 *
 * Over bytes the sums are exact integers; over floats they are doubles, taken about the mean in a second pass.
 *
 * SPDX-License-Identifier: MIT */
#include "data/build.h"

#include <math.h>

/* What a column of stored values (before scale and shift) looks like over the training rows. */
typedef struct moments {
    double *mean, *deviation; /* [inputs]; deviation is 0 for a constant column only */
} moments;

static bool take_moments(moments *of, dy_arena *arena, int64_t inputs, dy_error *err)
{
    of->mean = dy_arena_take(arena, inputs, sizeof(double), err);
    of->deviation = dy_arena_take(arena, inputs, sizeof(double), err);
    return of->mean && of->deviation;
}

/* At most 2^31 rows of at most 255: the sums and n * squares - sum^2 fit with room to spare. */
static bool byte_moments(moments *of, dy_arena *scratch, const uint8_t *bytes, int64_t rows,
                         int64_t inputs, dy_error *err)
{
    __extension__ typedef unsigned __int128 wide;
    uint64_t *sums = dy_arena_take(scratch, inputs, sizeof *sums, err);
    uint64_t *squares = dy_arena_take(scratch, inputs, sizeof *squares, err);
    if (!sums || !squares) return false;
    for (int64_t i = 0; i < rows; i++, bytes += inputs)
        for (int64_t j = 0; j < inputs; j++) {
            sums[j] += bytes[j];
            squares[j] += (uint64_t)bytes[j] * bytes[j];
        }
    for (int64_t j = 0; j < inputs; j++) {
        wide spread = (wide)squares[j] * (uint64_t)rows - (wide)sums[j] * sums[j];
        of->mean[j] = (double)sums[j] / (double)rows;
        of->deviation[j] = sqrt((double)spread) / (double)rows;
    }
    return true;
}

static bool float_moments(const moments *of, dy_arena *scratch, const float *floats,
                          int64_t rows, int64_t inputs, dy_error *err)
{
    bool *differs = dy_arena_take(scratch, inputs, sizeof *differs, err);
    if (!differs) return false;
    const float *row = floats;
    for (int64_t i = 0; i < rows; i++, row += inputs)
        for (int64_t j = 0; j < inputs; j++) of->mean[j] += (double)row[j] / (double)rows;
    row = floats;
    for (int64_t i = 0; i < rows; i++, row += inputs)
        for (int64_t j = 0; j < inputs; j++) {
            double off = (double)row[j] - of->mean[j];
            of->deviation[j] += off * off;
            differs[j] = differs[j] || row[j] != floats[j];
        }
    /* A constant column's mean may be off by a rounding; what makes it constant is that no value differs. */
    for (int64_t j = 0; j < inputs; j++)
        of->deviation[j] = differs[j] ? sqrt(of->deviation[j] / (double)rows) : 0.0;
    return true;
}

/* The new map of a column. What a negative scale turned round stays turned round. */
static void map_column(float *scale, float *shift, float old_scale, double mean,
                       double deviation)
{
    double to = deviation > 0.0 && old_scale != 0.0f
                    ? copysign(1.0 / deviation, (double)old_scale)
                    : 0.0;
    *scale = (float)to;
    *shift = (float)(-mean * to);
}

bool dy_dataset_standardise(dy_dataset *to, const dy_dataset *from, dy_error *err)
{
    dy_dataset made = *from;
    made.arena = dy_arena_make(from->arena.limit);
    dy_arena scratch = dy_arena_make(from->arena.limit);
    const dy_split *train = &from->train;
    int64_t inputs = from->inputs;
    float *scale = dy_arena_take(&made.arena, inputs, sizeof *scale, err);
    float *shift = dy_arena_take(&made.arena, inputs, sizeof *shift, err);
    moments of;
    bool ok = scale && shift && take_moments(&of, &scratch, inputs, err);
    if (ok && train->bytes)
        ok = byte_moments(&of, &scratch, train->bytes, train->rows, inputs, err);
    else if (ok)
        ok = float_moments(&of, &scratch, train->floats, train->rows, inputs, err);
    if (ok) {
        for (int64_t j = 0; j < inputs; j++)
            map_column(&scale[j], &shift[j], from->scale[j], of.mean[j], of.deviation[j]);
        made.scale = scale;
        made.shift = shift;
    }
    dy_arena_close(&scratch);
    return dy_build_end(to, &made, ok, NULL, err);
}
