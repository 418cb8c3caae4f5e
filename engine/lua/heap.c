/* heap.c - see heap.h. Free lists by size class over one region, handed out from its start.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/heap.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { GRAIN = 16, SMALL_MAX = 512, CLASSES = SMALL_MAX / GRAIN + 1 };

/* Room beyond the cap for blocks that lie free in the list of another size. */
static const int64_t slack_bytes = (int64_t)32 << 20;

typedef struct spare {
    struct spare *next;
} spare;

struct dy_heap {
    dy_host *host;
    char *next, *end; /* of the region: never handed out so far */
    size_t mapped;    /* bytes, with this header */
    spare *spares[CLASSES];
};

static size_t rounded(size_t size)
{
    return (size + GRAIN - 1) / GRAIN * GRAIN;
}

bool dy_heap_open(dy_heap **heap, dy_host *host, dy_error *err)
{
    size_t mapped = rounded(sizeof(dy_heap) + (size_t)(host->memory_limit + slack_bytes));
    void *region = mmap(NULL, mapped, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) {
        char size[32];
        dy_format_bytes(size, sizeof size, (double)mapped);
        return dy_fail(err, "no room for the script's memory: %s of address space wanted",
                       size);
    }
    *heap = region;
    **heap = (dy_heap){ .host = host, .mapped = mapped, .end = (char *)region + mapped };
    (*heap)->next = (char *)region + rounded(sizeof(dy_heap));
    host->memory_used = 0;
    host->memory_refused = false;
    return true;
}

void dy_heap_close(dy_heap *heap)
{
    munmap(heap, heap->mapped);
}

static bool in_region(const dy_heap *heap, const void *block)
{
    const char *at = block;
    return at > (const char *)heap && at < heap->end;
}

static void *take(dy_heap *heap, size_t size)
{
    size_t class = rounded(size) / GRAIN;
    if (class >= CLASSES) return malloc(size);
    spare *block = heap->spares[class];
    if (block) {
        heap->spares[class] = block->next;
        return block;
    }
    if ((size_t)(heap->end - heap->next) < class * GRAIN) return malloc(size);
    char *fresh = heap->next;
    heap->next += class * GRAIN;
    return fresh;
}

static void give_back(dy_heap *heap, void *block, size_t size)
{
    if (!in_region(heap, block)) {
        free(block);
        return;
    }
    spare *freed = block;
    freed->next = heap->spares[rounded(size) / GRAIN];
    heap->spares[rounded(size) / GRAIN] = freed;
}

/* The same bytes in a block that fits, or NULL with the old one untouched. */
static void *move(dy_heap *heap, void *block, size_t was, size_t size)
{
    bool inside = in_region(heap, block);
    if (inside && rounded(was) == rounded(size)) return block;
    if (!inside && size > SMALL_MAX) return realloc(block, size);
    void *to = take(heap, size);
    if (!to) return NULL;
    memcpy(to, block, was < size ? was : size);
    give_back(heap, block, was);
    return to;
}

void *dy_heap_resize(void *self, void *block, size_t was, size_t size)
{
    dy_heap *heap = self;
    dy_host *host = heap->host;
    if (!block) was = 0; /* Lua passes the kind of object there */
    if (size > (size_t)host->memory_limit) {
        host->memory_refused = true;
        return NULL;
    }
    int64_t growth = (int64_t)rounded(size) - (int64_t)rounded(was);
    if (growth > 0 && host->memory_used + growth > host->memory_limit) {
        host->memory_refused = true;
        return NULL;
    }
    void *to = NULL;
    if (size == 0) {
        if (block) give_back(heap, block, was);
    } else {
        to = block ? move(heap, block, was, size) : take(heap, size);
        if (!to && size <= was) to = block; /* Lua counts on shrinking not to fail */
        if (!to) return NULL;
    }
    host->memory_used += growth;
    return to;
}
