/* globals.h - the base functions that differ from Lua's own, and why.
 *
 *   print             through the lab's pipe, so much and no more
 *   load              text only, so long and no longer
 *   pcall, xpcall     do not catch the error that ends a script (hurry.h)
 *   setmetatable      refuses __gc: in a finalizer nothing can stop a script
 *   rawget, rawset    know the read-only views of libraries
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lauxlib.h>

extern const luaL_Reg dy_globals[]; /* for luaL_setfuncs */
