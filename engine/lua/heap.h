/* heap.h - the memory of one Lua state: capped, and laid out the same way in every run.
 *
 * Small blocks come from a region of their own, so the order of two objects in memory depends on what the script did and on
 * nothing else in the process: that order is the last word in the order of pairs. Large blocks are the C library's.
 * Not a general allocator: it relies on Lua naming a block's size when it gives the block back.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/script.h"

typedef struct dy_heap dy_heap;

/* Reserves address space for small blocks; `host` keeps the count (memory_used) and the cap (memory_limit), and must outlive
 * it. Fails when address space is short. */
bool dy_heap_open(dy_heap **heap, dy_host *host, dy_error *err);
void dy_heap_close(dy_heap *heap); /* after lua_close: large blocks must have been given back */

/* A lua_Alloc; its first argument is the dy_heap. Beyond the cap it refuses and sets host->memory_refused. */
void *dy_heap_resize(void *heap, void *block, size_t was, size_t size);
