/* script_text.h - a script's text as it was when it began: whoever saves it meanwhile changes the file only.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"

/* NULL: it cannot be read, is no text or has more than 16 MB; the lab will say what is wrong with it. */
const char *dy_script_text(dy_arena *arena, const char *path);
