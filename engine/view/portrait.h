/* portrait.h - pictures of a network inside a scene: what it makes of the plane, and the weights of its first layer.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* Draws the view's portrait into a pane of its kind; nothing where the view has none, or its numbers make no picture. */
void dy_portrait_draw(dy_draft *draft, int32_t pane);

/* "update 1,200  ·  one cycle": when it was made, and whose it is. Fills `to`. */
char *dy_portrait_note(const dy_draft *draft, dy_pane_kind kind, char *to, size_t size);
