/* input.h - what a person does at a window, as plain data.
 *
 * Places are in the picture's logical pixels, from the top left.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum dy_input_kind {
    DY_INPUT_KEY,   /* `key` went down, or repeats */
    DY_INPUT_DOWN,  /* a mouse button, at x, y */
    DY_INPUT_UP,    /* a mouse button */
    DY_INPUT_MOVE,  /* the mouse, to x, y */
    DY_INPUT_WHEEL, /* by wheel_x, wheel_y notches, at x, y */
    DY_INPUT_LEAVE, /* the mouse left the window */
    DY_INPUT_SHOW,  /* the window's size changed, or what it showed is gone: draw it again */
    DY_INPUT_HIDE,  /* nobody can see it until the next SHOW */
    DY_INPUT_CLOSE, /* the person closes the window */
    DY_INPUT_LOST,  /* the display is gone, and the window with it */
} dy_input_kind;

/* A key is the character it types, letters in lower case whatever is held; or one of these, beyond all characters. */
enum {
    DY_KEY_ENTER = 0x110000,
    DY_KEY_ESCAPE,
    DY_KEY_BACKSPACE,
    DY_KEY_DELETE,
    DY_KEY_TAB,
    DY_KEY_LEFT,
    DY_KEY_RIGHT,
    DY_KEY_UP,
    DY_KEY_DOWN,
    DY_KEY_HOME,
    DY_KEY_END,
    DY_KEY_PAGE_UP,
    DY_KEY_PAGE_DOWN,
    DY_KEY_F11,
};

/* What is held down meanwhile; may be or-ed. SHIFT says nothing with a key that types a character but a letter. */
enum { DY_HELD_SHIFT = 1, DY_HELD_CTRL = 2, DY_HELD_ALT = 4 };

enum { DY_BUTTON_LEFT = 1, DY_BUTTON_MIDDLE, DY_BUTTON_RIGHT };

typedef struct dy_input {
    dy_input_kind kind;
    int32_t key;
    int button, clicks; /* 2 of them: a double click */
    unsigned held;
    double x, y;
    double wheel_x, wheel_y; /* up and right are positive */
} dy_input;

/* Letters and the space come by their keys, so that no input method and no Caps Lock is in their way; other characters come
 * as text, because only the layout knows which keys give them. Whether a character is one of the former: */
bool dy_key_is_plain(int32_t c);

/* The key that typed text (UTF-8) stands for; 0: none, or one that came by its key. */
int32_t dy_key_typed(const char *text);
