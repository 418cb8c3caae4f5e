/* field.c - see field.h.   SPDX-License-Identifier: MIT */
#include "view/field.h"

#include <stdio.h>
#include <string.h>

void dy_field_open(dy_field *f, const char *text)
{
    *f = (dy_field){ .open = true };
    snprintf(f->text, sizeof f->text, "%s", text);
    f->n = f->cursor = (int32_t)strlen(f->text);
}

static void put(dy_field *f, char c)
{
    if (f->n == DY_FIELD_MOST) return;
    memmove(f->text + f->cursor + 1, f->text + f->cursor, (size_t)(f->n - f->cursor) + 1);
    f->text[f->cursor++] = c;
    f->n++;
}

static void take_out(dy_field *f, int32_t at)
{
    if (at < 0 || at >= f->n) return;
    memmove(f->text + at, f->text + at + 1, (size_t)(f->n - at));
    f->n--;
    f->cursor = at;
}

bool dy_field_take(dy_field *f, const dy_input *input)
{
    if (input->kind != DY_INPUT_KEY || (input->held & (DY_HELD_CTRL | DY_HELD_ALT)))
        return false;
    switch (input->key) {
    case DY_KEY_BACKSPACE: take_out(f, f->cursor - 1); return true;
    case DY_KEY_DELETE: take_out(f, f->cursor); return true;
    case DY_KEY_LEFT: f->cursor -= f->cursor > 0; return true;
    case DY_KEY_RIGHT: f->cursor += f->cursor < f->n; return true;
    case DY_KEY_HOME: f->cursor = 0; return true;
    case DY_KEY_END: f->cursor = f->n; return true;
    default: break;
    }
    if (input->key < ' ' || input->key > '~') return false;
    put(f, (char)input->key);
    return true;
}
