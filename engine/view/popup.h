/* popup.h - what opens over a picture to be answered: a menu, a field to type into.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

void dy_popup_menu(dy_draft *draft);

/* Above `bottom`, in the middle. */
void dy_popup_entry(dy_draft *draft, double bottom);
