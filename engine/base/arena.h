/* arena.h - memory by lifetime: taken piece by piece, given back all at once.
 *
 * An arena belongs to what lives as long as it does: a session, a run, a data set, a frame. Once a run is open its
 * arena is sealed, and a further take is an internal error: "an update allocates nothing" is a property
 * of the program and not a hope. Not a general allocator: nothing is ever given back alone.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct dy_arena {
    struct dy_arena_block *blocks; /* newest first */
    int64_t bytes;                 /* taken so far, all blocks */
    int64_t limit;                 /* a take beyond this many bytes fails; 0: no limit */
    bool sealed;
} dy_arena;

/* An empty arena that fails takes past `limit` bytes in all (0: bounded by the machine only). */
dy_arena dy_arena_make(int64_t limit);

/* Frees everything taken; the arena is then empty, unsealed, and can be used again. */
void dy_arena_close(dy_arena *arena);

/* `count` elements of `size` bytes: zeroed, 64-byte aligned, freed with the arena.
 * Fails (NULL, *err says how much) when count is negative, the size overflows, the limit is passed or memory is short. */
void *dy_arena_take(dy_arena *arena, int64_t count, size_t size, dy_error *err);

/* The same with nothing in it yet: of a large piece, no more of the machine's memory is taken than is written to. */
void *dy_arena_reserve(dy_arena *arena, int64_t count, size_t size, dy_error *err);

/* A copy of `count` elements. Fails as dy_arena_take does. */
void *dy_arena_copy(dy_arena *arena, const void *from, int64_t count, size_t size,
                    dy_error *err);

/* A copy of a string. Fails as dy_arena_take does. */
char *dy_arena_text(dy_arena *arena, const char *text, dy_error *err);

/* From here on a take is an internal error. */
void dy_arena_seal(dy_arena *arena);

/* For tests: the nth take from now, in any arena, fails as if memory were short (1: the next one; 0: never). With
 * `forever`, so does every one after it. Process-wide. */
void dy_arena_fail_at(int64_t nth, bool forever);
