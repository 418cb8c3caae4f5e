/* arena.c - a list of blocks; each take is cut from the newest one.   SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, BLOCK_BYTES = 1 << 16 };

struct dy_arena_block {
    struct dy_arena_block *next;
    size_t size, used; /* of the room behind the header */
};

_Static_assert(sizeof(struct dy_arena_block) <= ALIGN, "the header takes the first cache line");

static int64_t fault_in;
static bool fault_forever;

dy_arena dy_arena_make(int64_t limit)
{
    return (dy_arena){ .limit = limit };
}

void dy_arena_close(dy_arena *arena)
{
    struct dy_arena_block *block = arena->blocks;
    while (block) {
        struct dy_arena_block *next = block->next;
        free(block);
        block = next;
    }
    *arena = dy_arena_make(arena->limit);
}

void dy_arena_seal(dy_arena *arena)
{
    arena->sealed = true;
}

void dy_arena_fail_at(int64_t nth, bool forever)
{
    fault_in = nth;
    fault_forever = forever;
}

static bool fault_now(void)
{
    if (fault_in == 0) return false;
    if (fault_in > 1) {
        fault_in--;
        return false;
    }
    if (!fault_forever) fault_in = 0;
    return true;
}

static void *no_memory(double bytes, dy_error *err)
{
    char size[32];
    dy_format_bytes(size, sizeof size, bytes);
    dy_fail(err, "out of memory: %s wanted", size);
    return NULL;
}

/* Room for `need` bytes in the newest block, or in a new one. */
static struct dy_arena_block *block_for(dy_arena *arena, size_t need)
{
    struct dy_arena_block *block = arena->blocks;
    if (block && block->size - block->used >= need) return block;
    size_t size = need > BLOCK_BYTES ? need : BLOCK_BYTES;
    void *memory;
    if (posix_memalign(&memory, ALIGN, ALIGN + size)) return NULL;
    block = memory;
    *block = (struct dy_arena_block){ .next = arena->blocks, .size = size };
    arena->blocks = block;
    return block;
}

void *dy_arena_reserve(dy_arena *arena, int64_t count, size_t size, dy_error *err)
{
    DY_ASSERT(!arena->sealed);
    double wanted = (double)count * (double)size;
    if (count < 0 || wanted > (double)(INT64_MAX / 4)) return no_memory(wanted, err);
    size_t need = ((size_t)count * size + ALIGN - 1) / ALIGN * ALIGN;
    if (arena->limit && (int64_t)need > arena->limit - arena->bytes)
        return no_memory(wanted, err);
    struct dy_arena_block *block = fault_now() ? NULL : block_for(arena, need);
    if (!block) return no_memory(wanted, err);
    char *at = (char *)block + ALIGN + block->used;
    block->used += need;
    arena->bytes += (int64_t)need;
    return at;
}

void *dy_arena_take(dy_arena *arena, int64_t count, size_t size, dy_error *err)
{
    void *at = dy_arena_reserve(arena, count, size, err);
    return at ? memset(at, 0, (size_t)count * size) : NULL;
}

void *dy_arena_copy(dy_arena *arena, const void *from, int64_t count, size_t size,
                    dy_error *err)
{
    void *to = dy_arena_take(arena, count, size, err);
    if (to && count > 0) memcpy(to, from, (size_t)count * size);
    return to;
}

char *dy_arena_text(dy_arena *arena, const char *text, dy_error *err)
{
    return dy_arena_copy(arena, text, (int64_t)strlen(text) + 1, 1, err);
}
