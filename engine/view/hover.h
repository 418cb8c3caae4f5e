/* hover.h - the values of every run at one update: a line through the panes, and a card with numbers.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* At draft->view->hover, where it is in sight. The card lies where it hides least. */
void dy_hover_draw(dy_draft *draft);
