/* boards.h - what the tests of boards begin with.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

#include <criterion/criterion.h>
#include <stdio.h>

static inline dy_board *open_board(size_t bytes)
{
    dy_board *board;
    dy_error err;
    cr_assert(dy_board_open(&board, bytes, &err), "%s", err.text);
    return board;
}

static inline dy_run_view add(dy_board *board, const char *name, int64_t steps, int64_t marks)
{
    dy_card card = { .steps = steps, .epoch_steps = 10 };
    snprintf(card.name, sizeof card.name, "%s", name);
    dy_run_view run;
    dy_error err;
    cr_assert(dy_board_add(board, &card, marks, &run, &err), "%s", err.text);
    return run;
}
