/* fixture.h - a board, an arena and a view for each test of a suite.   SPDX-License-Identifier: MIT */
#pragma once
#include "sample.h"

/* What most tests of this folder work on, new for each: the fixture of a suite with fixture_open and fixture_close. */
extern dy_board *board;
extern dy_arena arena;
extern dy_error err;
extern dy_view view; /* as dy_view_defaults has it */

void fixture_open(void);
void fixture_close(void);
