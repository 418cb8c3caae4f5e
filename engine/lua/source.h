/* source.h - a script's text, given to Lua's compiler piece by piece.
 *
 * Compiling can take time that grows with the square of the text, and no hook runs meanwhile: between pieces the desk's
 * patience is asked after. Text only, never bytecode.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

#include <stddef.h>

/* Pushes the function of the file, and returns a status of lua_load: with any but LUA_OK the message is pushed instead. A
 * byte order mark and a first line that starts with # are passed over. `directory` is a descriptor, or AT_FDCWD; with
 * `flags`, O_NOFOLLOW for one, the file is opened. `chunk` is its name in messages. */
int dy_source_file(lua_State *L, int directory, const char *path, int flags, const char *chunk);

/* The same of a string, with a chunk name as lua_load takes it: "=name", "@file" or the text itself. */
int dy_source_text(lua_State *L, const char *text, size_t len, const char *chunk);
