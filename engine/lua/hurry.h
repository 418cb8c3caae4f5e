/* hurry.h - stops a script that has run out of the desk's patience, with a message that names its line.
 *
 * A signal sets a flag and a hook on the coroutine that runs; from then on every instruction of the script fails, inside
 * pcall too. Where hooks do not run (inside a C function) nothing happens, and the desk kills a moment later.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

#include <stdbool.h>

/* Listens for the desk's signal, and forgets one that came before. */
void dy_hurry_start(void);

/* The signal has come: whatever a script still wants, it is not to have. */
bool dy_hurry_asked(void);

/* From here on L runs (NULL: none does). Returns what ran before, to be put back the same way. */
lua_State *dy_hurry_watch(lua_State *L);

/* Throws if the signal has come. */
void dy_hurry_check(lua_State *L);

/* For functions that catch errors: if the signal has come, throws on the error on top of the stack, or one that says why. */
void dy_hurry_rethrow(lua_State *L);
