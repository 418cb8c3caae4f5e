/* schedule_operators.c - arithmetic of schedules: a + b, a * b, 0.5 * a, a / 2, and a >> b, a and then b.
 *
 * Each makes what derny.sum, product, scale and sequence make. A chain of one operator is one list, not a sum of sums. There
 * is no a .. b: Lua 5.4.4 may read freed memory after a __concat that makes its stack grow.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/schedule_value.h"

#include <math.h>

typedef const dy_spec *part;

/* Whether it is of that recipe with nothing but its parts given. */
static bool is_plain(const dy_spec *spec, const dy_recipe *recipe)
{
    if (spec->recipe != recipe) return false;
    for (int i = 1; recipe->params[i].name; i++)
        if (spec->args[i].given) return false;
    return true;
}

/* The parts it stands for in a chain of `recipe`; how many. */
static int64_t parts_of(const dy_spec *const *spec, const dy_recipe *recipe,
                        const dy_spec *const **parts)
{
    bool chain = is_plain(*spec, recipe);
    *parts = chain ? (*spec)->args[0].specs : spec;
    return chain ? (*spec)->args[0].n : 1;
}

/* The operands at 1 and 2, which may be whatever is a schedule, as one of `recipe`. */
static int join(lua_State *L, const char *recipe_name, const char *what)
{
    dy_fields f = { .L = L, .what = what };
    const dy_recipe *recipe = dy_recipe_find(recipe_name);
    part operands[] = { dy_to_schedule(L, 1, &f, "the left operand"),
                        dy_to_schedule(L, 2, &f, "the right operand") };
    const part *left, *right;
    int64_t n_left = parts_of(&operands[0], recipe, &left);
    int64_t n_right = parts_of(&operands[1], recipe, &right);
    dy_schedule_value *value = dy_push_schedule(L); /* a b schedule */
    dy_error err;
    part *specs = dy_arena_take(&value->arena, n_left + n_right, sizeof(part), &err);
    if (!specs) dy_throw(L, &err);
    for (int64_t i = 0; i < n_left; i++) specs[i] = left[i];
    for (int64_t i = 0; i < n_right; i++) specs[n_left + i] = right[i];
    value->spec->recipe = recipe;
    value->spec->args[0] = (dy_arg){ .given = true, .n = n_left + n_right, .specs = specs };
    dy_keep_part(L, 3, 1);
    dy_keep_part(L, 3, 2);
    return 1;
}

/* The schedule at `index` times a number. */
static int scale(lua_State *L, int index, double factor)
{
    lua_createtable(L, 0, 2); /* a b options */
    lua_pushvalue(L, index);  /* a b options schedule */
    lua_setfield(L, 3, "schedule");
    lua_pushnumber(L, factor);    /* a b options factor */
    lua_setfield(L, 3, "factor"); /* a b options */
    dy_push_recipe(L, dy_recipe_find("scale"), 3, "derny.scale");
    return 1;
}

int dy_schedule_add(lua_State *L)
{
    return join(L, "sum", "schedule + schedule");
}

int dy_schedule_mul(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TNUMBER) return scale(L, 2, lua_tonumber(L, 1));
    if (lua_type(L, 2) == LUA_TNUMBER) return scale(L, 1, lua_tonumber(L, 2));
    return join(L, "product", "schedule * schedule");
}

int dy_schedule_div(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TNUMBER) return scale(L, 1, 1 / lua_tonumber(L, 2));
    return luaL_error(L, "schedule / number: the divisor is a %s; want a number",
                      luaL_typename(L, 2));
}

int dy_schedule_then(lua_State *L)
{
    return join(L, "sequence", "schedule >> schedule");
}
