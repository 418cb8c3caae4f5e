/* found_value.c - see found_value.h.   SPDX-License-Identifier: MIT */
#include "lua/found_value.h"

#include "lua/binding.h"
#include "lua/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CLASS_FOUND "derny.found"

/* A field that is nil where there is no number. */
static void set_number(lua_State *L, const char *name, double x)
{
    if (isnan(x)) return;
    lua_pushnumber(L, x);      /* table x */
    lua_setfield(L, -2, name); /* table */
}

static void set_curve(lua_State *L, const char *name, const double *curve, int64_t n)
{
    lua_createtable(L, (int)n, 0); /* table curve */
    for (int64_t i = 0; i < n; i++) {
        lua_pushnumber(L, curve[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, name); /* table */
}

static void set_spread(lua_State *L, const char *name, const dy_spread *spread)
{
    if (spread->seeds == 0) return;
    lua_createtable(L, 0, 3); /* spreads spread */
    set_number(L, "least", spread->least);
    set_number(L, "greatest", spread->greatest);
    lua_pushinteger(L, spread->seeds);
    lua_setfield(L, -2, "seeds");
    lua_setfield(L, -2, name); /* spreads */
}

static void set_picks(lua_State *L, const dy_suggestions *says)
{
    for (int pick = 0; pick < DY_PICKS; pick++)
        set_number(L, DY_PICK_NAMES[pick], says->spread[pick].median);
    set_number(L, "diverges", says->divergence.median);
    lua_createtable(L, 0, DY_PICKS + 1); /* found spreads */
    for (int pick = 0; pick < DY_PICKS; pick++)
        set_spread(L, DY_PICK_NAMES[pick], &says->spread[pick]);
    set_spread(L, "diverges", &says->divergence);
    lua_setfield(L, -2, "spread"); /* found */
}

/* One seed's ramp: its own series and suggestions. */
static void push_seed(lua_State *L, const dy_found *found, int k)
{
    const dy_suggestions *says = &found->says;
    const dy_run_view *run = &found->runs[k];
    lua_createtable(L, 0, 9); /* seed */
    lua_pushinteger(L, (lua_Integer)run->card->seed);
    lua_setfield(L, -2, "seed");
    dy_push_series(L, run->tape, DY_LR);
    lua_setfield(L, -2, "lr");
    dy_push_series(L, run->tape, DY_LOSS);
    lua_setfield(L, -2, "loss");
    set_curve(L, "smooth", says->smooth[k], dy_tape_len(run->tape));
    for (int pick = 0; pick < DY_PICKS; pick++)
        set_number(L, DY_PICK_NAMES[pick], says->picks[k][pick]);
    set_number(L, "diverges", says->diverges[k]);
}

static void set_seeds(lua_State *L, const dy_found *found)
{
    lua_createtable(L, found->seeds, 0); /* found seeds */
    for (int k = 0; k < found->seeds; k++) {
        push_seed(L, found, k);
        lua_rawseti(L, -2, k + 1);
    }
    lua_setfield(L, -2, "seeds"); /* found */
}

static void push_rider(lua_State *L, const dy_found *found, int i)
{
    const dy_found_trial *trial = &found->trial;
    const dy_standings_row *row = &trial->rows[i];
    lua_createtable(L, 0, 6); /* rider */
    lua_pushstring(L, DY_PICK_NAMES[trial->pick[i]]);
    lua_setfield(L, -2, "pick");
    set_number(L, "max_lr", found->says.spread[trial->pick[i]].median);
    set_number(L, "mean", row->mean);
    set_number(L, "std", row->std);
    lua_pushinteger(L, row->done);
    lua_setfield(L, -2, "done");
    lua_pushinteger(L, row->wins);
    lua_setfield(L, -2, "wins");
}

/* found.trial, and of its winner found.best (the rate) and found.winner (the rule's name). */
static void set_trial(lua_State *L, const dy_found *found)
{
    const dy_found_trial *trial = &found->trial;
    if (trial->n == 0) return;
    lua_createtable(L, trial->n, 2); /* found trial */
    for (int i = 0; i < trial->n; i++) {
        push_rider(L, found, i);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pushstring(L, dy_measure_name(trial->by));
    lua_setfield(L, -2, "by");
    lua_pushinteger(L, trial->steps);
    lua_setfield(L, -2, "steps");
    lua_setfield(L, -2, "trial"); /* found */
    if (trial->best < 0) return;
    dy_pick best = trial->pick[trial->best];
    set_number(L, "best", found->says.spread[best].median);
    lua_pushstring(L, DY_PICK_NAMES[best]);
    lua_setfield(L, -2, "winner"); /* found */
}

/* Without the last newline: print adds one. */
static void set_summary(lua_State *L, const dy_found *found)
{
    char text[DY_FOUND_TEXT];
    dy_found_text(found, text, sizeof text);
    size_t len = strlen(text);
    lua_pushlstring(L, text, len > 0 ? len - 1 : 0);
    lua_setfield(L, -2, "summary"); /* found */
}

void dy_push_found(lua_State *L, const dy_found *found)
{
    const dy_suggestions *says = &found->says;
    lua_createtable(L, 0, 20); /* found */
    set_picks(L, says);
    set_curve(L, "lr", says->lr, says->n);
    set_curve(L, "loss", says->mean, says->n);
    set_curve(L, "least", says->least, says->n);
    set_curve(L, "lower", says->lower, says->n);
    set_curve(L, "upper", says->upper, says->n);
    set_curve(L, "greatest", says->greatest, says->n);
    set_seeds(L, found);
    set_trial(L, found);
    set_summary(L, found);
    luaL_setmetatable(L, CLASS_FOUND);
}

static int found_tostring(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushliteral(L, "summary");
    lua_rawget(L, 1); /* summary */
    luaL_checkstring(L, -1);
    return 1;
}

void dy_bind_found(lua_State *L)
{
    static const luaL_Reg META[] = { { "__tostring", found_tostring }, { NULL, NULL } };
    dy_class_make(L, CLASS_FOUND, META, NULL);
}
