/* field.h - one line that is being typed.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/input.h"

enum { DY_FIELD_MOST = 40 }; /* characters */

typedef struct dy_field {
    bool open;
    char text[DY_FIELD_MOST + 1];
    int32_t n, cursor; /* characters, and those before the cursor */
} dy_field;

void dy_field_open(dy_field *field, const char *text);

/* Takes a key: a character, an arrow, home, end, delete, backspace. false: it is not for a field. */
bool dy_field_take(dy_field *field, const dy_input *input);
