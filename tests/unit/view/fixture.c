/* fixture.c - see fixture.h.   SPDX-License-Identifier: MIT */
#include "fixture.h"

dy_board *board;
dy_arena arena;
dy_error err;
dy_view view;

void fixture_open(void)
{
    board = sample_board();
    arena = dy_arena_make(0);
    view = dy_view_defaults();
}

void fixture_close(void)
{
    dy_arena_close(&arena);
    dy_board_close(board);
}
