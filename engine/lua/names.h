/* names.h - what a value looks like as text, without the addresses that differ from run to run.
 *
 * Tables, functions, coroutines and userdata get numbers in the order in which they are first shown: "table: 1".
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

/* Pushes what tostring gives for the value at `index`; calls its __tostring, and throws what that throws. */
void dy_text_push(lua_State *L, int index);

int dy_names_tostring(lua_State *L); /* tostring */

/* Replaces string.format on top of the stack by one whose %s and %p show no addresses. */
void dy_names_wrap_format(lua_State *L);
