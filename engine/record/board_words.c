/* board_words.c - what a board has one of: the control word, orders and edits, the portrait.
 *
 * SPDX-License-Identifier: MIT */
#include "record/board_inside.h"

#include <stddef.h>
#include <string.h>

/* Logs take a share of the shared part, and no more than anyone will fill. */
static size_t share(size_t bytes, size_t part, size_t most)
{
    size_t size = bytes / part / LINE * LINE;
    return size < most ? size : most;
}

size_t dy_board_place_words(dy_board *board)
{
    const size_t edits_most = (size_t)256 << 20, orders_most = (size_t)64 << 20;
    size_t top = board->bytes;
    char *start = (char *)board->shared;
    if (top / 16 > sizeof(struct frame)) {
        top -= sizeof(struct frame);
        board->frame = (struct frame *)(start + top);
    }
    board->edits_bytes = share(board->bytes, 16, edits_most);
    board->orders_bytes = share(board->bytes, 64, orders_most);
    top -= board->edits_bytes;
    board->edits = dy_log_init(start + top, board->edits_bytes);
    top -= board->orders_bytes;
    board->orders = dy_log_init(start + top, board->orders_bytes);
    return top;
}

dy_control *dy_board_control(dy_board *board)
{
    return &board->shared->control;
}

bool dy_board_order(dy_board *board, const dy_order *order, const void *bytes, size_t n)
{
    return dy_log_append(board->orders, board->orders_bytes, order, bytes, n);
}

bool dy_board_edit(dy_board *board, const dy_order *edit, const void *bytes, size_t n)
{
    return dy_log_append(board->edits, board->edits_bytes, edit, bytes, n);
}

dy_log_reader dy_board_orders(const dy_board *board)
{
    return dy_log_read(board->orders, board->orders_bytes);
}

dy_log_reader dy_board_edits(const dy_board *board)
{
    return dy_log_read(board->edits, board->edits_bytes);
}

void dy_board_show(dy_board *board, const dy_portrait *portrait)
{
    struct frame *frame = board->frame;
    if (!frame) return;
    uint32_t number = atomic_load_explicit(&frame->number, memory_order_relaxed);
    atomic_store_explicit(&frame->number, number + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    int64_t used = 2 * (int64_t)portrait->width * portrait->height * portrait->tiles;
    DY_ASSERT(used > 0 && used <= DY_PORTRAIT_BYTES);
    memcpy(&frame->portrait, portrait, offsetof(dy_portrait, pixels) + (size_t)used);
    atomic_store_explicit(&frame->number, number + 2, memory_order_release);
}

static bool is_sound(const dy_portrait *p)
{
    bool known = p->kind == DY_PORTRAIT_PLANE || p->kind == DY_PORTRAIT_WEIGHTS;
    bool sized = p->width > 0 && p->height > 0 && p->tiles > 0 &&
                 p->width <= DY_PORTRAIT_BYTES && p->height <= DY_PORTRAIT_BYTES &&
                 p->tiles <= DY_PORTRAIT_BYTES;
    bool shown = p->n_examples >= 0 && p->n_examples <= DY_PORTRAIT_EXAMPLES;
    if (!known || !sized || !shown) return false;
    int64_t tile = 2 * (int64_t)p->width * p->height;
    return tile <= DY_PORTRAIT_BYTES && tile * p->tiles <= DY_PORTRAIT_BYTES;
}

bool dy_board_look(const dy_board *board, uint32_t *seen, dy_portrait *portrait)
{
    const struct frame *frame = board->frame;
    if (!frame) return false;
    uint32_t before = atomic_load_explicit(&frame->number, memory_order_acquire);
    if (before % 2 || before == *seen) return false;
    *portrait = frame->portrait;
    atomic_thread_fence(memory_order_acquire);
    if (atomic_load_explicit(&frame->number, memory_order_relaxed) != before) return false;
    *seen = before;
    return is_sound(portrait);
}
