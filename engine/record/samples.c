/* samples.c - see samples.h.   SPDX-License-Identifier: MIT */
#include "record/samples.h"

#include <string.h>

enum { BYTES = 2 * sizeof(double) + sizeof(float) }; /* of one sample: lr, momentum, loss */

/* Byte b of number i goes to plane b: to[b * n + i]. Numbers are little-endian in the file, whatever they are here. */
static void split(uint8_t *to, int64_t n, int64_t i, uint64_t bits, int bytes)
{
    for (int b = 0; b < bytes; b++) to[b * n + i] = (uint8_t)(bits >> 8 * b);
}

static uint64_t join(const uint8_t *from, int64_t n, int64_t i, int bytes)
{
    uint64_t bits = 0;
    for (int b = 0; b < bytes; b++) bits |= (uint64_t)from[b * n + i] << 8 * b;
    return bits;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

bool dy_samples_pack(dy_bytes *packed, dy_arena *arena, const dy_tape *tape, int64_t from,
                     int64_t n, dy_error *err)
{
    uint8_t *planes = dy_arena_take(arena, n, BYTES, err);
    if (!planes) return false;
    for (int64_t i = 0; i < n; i++) {
        dy_sample s = dy_tape_sample(tape, from + i);
        split(planes, n, i, bits_of(s.lr), 8);
        split(planes + 8 * n, n, i, bits_of(s.momentum), 8);
        split(planes + 16 * n, n, i, bits_of_float(s.loss), 4);
    }
    return dy_deflate_pack(packed, arena, (dy_bytes){ planes, n * BYTES }, err);
}

bool dy_samples_unpack(dy_sample *samples, int64_t n, dy_bytes packed, dy_arena *arena,
                       dy_error *err)
{
    uint8_t *planes = dy_arena_take(arena, n, BYTES, err);
    if (!planes || !dy_deflate_unpack(planes, n * BYTES, packed, err)) return false;
    for (int64_t i = 0; i < n; i++)
        samples[i] = (dy_sample){
            .lr = double_of(join(planes, n, i, 8)),
            .momentum = double_of(join(planes + 8 * n, n, i, 8)),
            .loss = float_of((uint32_t)join(planes + 16 * n, n, i, 4)),
        };
    return true;
}
