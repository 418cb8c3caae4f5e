/* annotate.h - what people put on the panes: guides, lines by hand, keyframes to take hold of.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* Under the curves of a pane: its guides. */
void dy_annotate_under(dy_draft *draft, int32_t pane);

/* Over them: its sketches and handles. */
void dy_annotate_over(dy_draft *draft, int32_t pane);
