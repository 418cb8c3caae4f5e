/* bar.h - the foot of a picture: a caption, how the training stands, and buttons.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* The height that all of it takes; 0: there is nothing. */
double dy_bar_height(dy_draft *draft);

void dy_bar_draw(dy_draft *draft, dy_box box);

/* What a button under the pointer does; drawn over everything but the help. */
void dy_bar_hint(dy_draft *draft);
