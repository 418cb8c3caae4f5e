/* log.h - orders and edits in shared memory: appended by one process, read by another from its own place.
 *
 * Nothing is ever taken out, so every reader sees all of it. A reader believes nothing of what the writer put there but
 * its own bounds: a record that does not fit them ends the reading.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/order.h"

typedef struct dy_log dy_log;

/* An empty log in `size` zeroed bytes, 64-byte aligned; at least 64. */
dy_log *dy_log_init(void *memory, size_t size);

/* A reader's own view of the log in `memory`, and how far it has read. */
typedef struct dy_log_reader {
    const dy_log *log;
    size_t size; /* of the log, as the reader knows it */
    size_t at;
} dy_log_reader;

dy_log_reader dy_log_read(const dy_log *log, size_t size);

/* false: no room is left, and nothing was written. threads: the one writer. Allocates nothing */
bool dy_log_append(dy_log *log, size_t size, const dy_order *order, const void *bytes,
                   size_t n);

/* The next record and its `n` bytes, in the shared memory itself, 8-byte aligned: copy them before checking them. false: none yet. threads: one a
 * reader. A few ns where there is none */
bool dy_log_next(dy_log_reader *reader, dy_order *order, const void **bytes, size_t *n);
