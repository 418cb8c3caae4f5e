/* hold.c - see hold.h.   SPDX-License-Identifier: MIT */
#include "lua/hold.h"

#include "lua/binding.h"

#include <stdalign.h>
#include <string.h>

#define CLASS_HOLD "derny.hold"

typedef struct hold {
    void (*close)(void *value); /* NULL: it has been */
    alignas(max_align_t) char value[];
} hold;

static int hold_close(lua_State *L)
{
    hold *h = luaL_checkudata(L, 1, CLASS_HOLD);
    void (*close)(void *) = h->close;
    h->close = NULL;
    if (close) close(h->value);
    return 0;
}

void *dy_hold_push(lua_State *L, size_t size, void (*close)(void *value))
{
    hold *h = lua_newuserdatauv(L, sizeof *h + size, 0); /* hold */
    memset(h, 0, sizeof *h + size);
    h->close = close;
    luaL_setmetatable(L, CLASS_HOLD);
    return h->value;
}

void dy_hold_drop(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_pushcfunction(L, hold_close);
    lua_pushvalue(L, index);
    lua_call(L, 1, 0);
}

void dy_hold_make_class(lua_State *L)
{
    static const luaL_Reg META[] = { { "__gc", hold_close },
                                     { "__close", hold_close },
                                     { NULL, NULL } };
    dy_class_make(L, CLASS_HOLD, META, NULL);
}
