/* say.c - see say.h.   SPDX-License-Identifier: MIT */
#include "lua/say.h"

#include "lab/message.h"
#include "lua/binding.h"

#include <string.h>

void dy_say_due(const dy_host *host, dy_session *session)
{
    int64_t updates = dy_session_updates(session);
    for (int i = 0; i < host->n_sayings; i++)
        if (host->sayings[i].step == updates) dy_session_say(session, host->sayings[i].text);
}

static void say_later(const dy_fields *f, const char *text)
{
    dy_host *host = dy_host_of(f->L);
    if (host->n_sayings == DY_SAYINGS_MOST)
        dy_fields_fail(f, "more than %d captions ahead", DY_SAYINGS_MOST);
    dy_saying *saying = &host->sayings[host->n_sayings++];
    saying->step = dy_field_count(f, "at", INT64_MIN, 0, INT64_MAX);
    snprintf(saying->text, sizeof saying->text, "%s", text);
}

/* derny.say(text [, { at = step }]): now, or on every run that comes to that update */
static int say(lua_State *L)
{
    static const char *const NAMES[] = { "at", NULL };
    size_t n;
    const char *text = luaL_checklstring(L, 1, &n);
    dy_host *host = dy_host_of(L);
    luaL_argcheck(L, strlen(text) == n, 1, "it has a zero byte inside");
    if (host->ahead) return 0;
    if (!lua_isnoneornil(L, 2)) {
        dy_fields f = dy_fields_open(L, 2, "derny.say", NAMES, false);
        say_later(&f, text);
        return 0;
    }
    if (host->session) dy_session_say(host->session, text);
    dy_message_send(host->lab->out, DY_MESSAGE_SAY, text, n);
    return 0;
}

void dy_bind_say(lua_State *L)
{
    lua_pushcfunction(L, say);  /* derny say */
    lua_setfield(L, -2, "say"); /* derny */
}
