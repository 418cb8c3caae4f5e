/* bends.h - the curves that a person bent a lane's channels to, each from an update on.
 *
 * They are kept, so that a lane that goes back follows again what was in force there.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/order.h"
#include "schedule/plan.h"

typedef struct dy_bends {
    dy_arena arena;
    struct dy_bend *newest;
} dy_bends;

dy_bends dy_bends_make(void);
void dy_bends_close(dy_bends *bends);

/* From update `from` on the channel follows the curve of these packed bytes (see curve_pack.h), which come from anyone. Fails when they
 * are no curve, when it gives one of the updates `from` to steps - 1 a negative lr or a momentum outside 0 <= m < 1 (says
 * which), or when the lane has too many. */
bool dy_bends_add(dy_bends *bends, dy_channel channel, int64_t from, int64_t steps,
                  const void *bytes, size_t n, dy_error *err);

/* Copies those that were in force for update `until`, or before it. Fails when memory is short. */
bool dy_bends_copy(dy_bends *bends, const dy_bends *from, int64_t until, dy_error *err);

/* Forgets those from after update `until`. */
void dy_bends_cut(dy_bends *bends, int64_t until);

/* The curve in force now, or NULL. Good until the bends are closed. */
const dy_curve *dy_bends_curve(const dy_bends *bends, dy_channel channel);
