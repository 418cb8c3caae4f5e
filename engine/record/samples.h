/* samples.h - part of a tape as packed bytes, the same on every machine.
 *
 * Numbers are split into planes of like bytes first, which is what makes slowly changing ones pack.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/flate.h"
#include "record/tape.h"

/* Samples from .. from + n - 1 of the tape. owns: `arena`. Fails when memory is short. */
bool dy_samples_pack(dy_bytes *packed, dy_arena *arena, const dy_tape *tape, int64_t from,
                     int64_t n, dy_error *err);

/* Fills samples[n]; `arena` is used meanwhile. Fails when the bytes are damaged or no n samples, or memory is short. */
bool dy_samples_unpack(dy_sample *samples, int64_t n, dy_bytes packed, dy_arena *arena,
                       dy_error *err);
