/* help.h - what every key and button does, over the whole picture.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* In as many columns, and letters as small, as it takes. Nothing without lines. */
void dy_help_draw(dy_draft *draft);
