/* log.c - see log.h.   SPDX-License-Identifier: MIT */
#include "record/log.h"

#include <stdatomic.h>
#include <string.h>

enum { LINE = 64, ALIGN = 8 };

struct dy_log {
    _Alignas(LINE) _Atomic size_t used; /* bytes of whole records behind this head */
};

struct record {
    size_t bytes; /* that follow */
    dy_order order;
};

_Static_assert(sizeof(struct record) % ALIGN == 0, "a record's bytes are aligned");

const char *dy_act_name(dy_act act)
{
    static const char *const names[DY_ACTS] = { "plan",  "pause", "go",    "advance",
                                                "speed", "stop",  "bend",  "rewind",
                                                "fork",  "cool",  "reload" };
    return (unsigned)act < DY_ACTS ? names[act] : "unknown";
}

dy_log *dy_log_init(void *memory, size_t size)
{
    DY_ASSERT(size >= sizeof(dy_log));
    return memory;
}

dy_log_reader dy_log_read(const dy_log *log, size_t size)
{
    return (dy_log_reader){ .log = log, .size = size };
}

static size_t aligned(size_t bytes)
{
    return (bytes + ALIGN - 1) / ALIGN * ALIGN;
}

bool dy_log_append(dy_log *log, size_t size, const dy_order *order, const void *bytes, size_t n)
{
    size_t used = atomic_load_explicit(&log->used, memory_order_relaxed);
    size_t room = size - sizeof *log - used;
    if (n > room || sizeof(struct record) + aligned(n) > room) return false;
    char *to = (char *)(log + 1) + used;
    struct record record = { n, *order };
    memcpy(to, &record, sizeof record);
    if (n > 0) memcpy(to + sizeof record, bytes, n);
    atomic_store_explicit(&log->used, used + sizeof record + aligned(n), memory_order_release);
    return true;
}

bool dy_log_next(dy_log_reader *reader, dy_order *order, const void **bytes, size_t *n)
{
    size_t used = atomic_load_explicit(&reader->log->used, memory_order_acquire);
    size_t room = reader->size - sizeof *reader->log;
    if (used > room) used = room;
    if (used < reader->at + sizeof(struct record)) return false;
    const char *from = (const char *)(reader->log + 1) + reader->at;
    struct record record;
    memcpy(&record, from, sizeof record);
    size_t left = used - reader->at - sizeof record;
    bool known =
        (unsigned)record.order.act < DY_ACTS && (unsigned)record.order.channel < DY_CHANNELS;
    if (!known || record.bytes > left || aligned(record.bytes) > left) return false;
    *order = record.order;
    *bytes = from + sizeof record;
    *n = record.bytes;
    reader->at += sizeof record + aligned(record.bytes);
    return true;
}
