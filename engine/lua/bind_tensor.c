/* bind_tensor.c - see bind_tensor.h: making tensors, looking at them, taking parts. Arithmetic is in tensor_math.c.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/bind_tensor.h"

#include "base/text.h"
#include "lua/binding.h"
#include "lua/readonly.h"
#include "lua/tensor_math.h"

#include <lauxlib.h>

#include <stdio.h>
#include <string.h>

static const int64_t elements_max = (int64_t)1 << 40;

enum { SHOWN = 8 }; /* rows, and columns, that tostring shows */

dy_tensor *dy_tensor_push(lua_State *L, int64_t rows, int64_t cols)
{
    if (rows < 1 || cols < 1 || rows > elements_max / cols)
        luaL_error(L, "tensor: %I x %I is no shape; want at least 1 x 1", (lua_Integer)rows,
                   (lua_Integer)cols);
    size_t bytes = sizeof(dy_tensor) + (size_t)(rows * cols) * sizeof(float);
    dy_tensor *t = lua_newuserdatauv(L, bytes, 0);
    t->rows = rows;
    t->cols = cols;
    luaL_setmetatable(L, DY_CLASS_TENSOR);
    return t;
}

dy_tensor *dy_tensor_check(lua_State *L, int index)
{
    return luaL_checkudata(L, index, DY_CLASS_TENSOR);
}

dy_tensor *dy_tensor_test(lua_State *L, int index)
{
    return luaL_testudata(L, index, DY_CLASS_TENSOR);
}

dy_mat dy_tensor_view(dy_tensor *t)
{
    return dy_mat_make(t->at, t->rows, t->cols);
}

static float check_real(lua_State *L, int index, int64_t row, int64_t col)
{
    int is_number;
    lua_Number x = lua_tonumberx(L, index, &is_number);
    if (!is_number || lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "tensor: row %I, column %I is a %s; want a number", (lua_Integer)row,
                   (lua_Integer)col, luaL_typename(L, index));
    return (float)x;
}

/* ---- making ---- */

/* Copies the table on top of the stack into row i. */
static void fill_row(lua_State *L, dy_tensor *t, int64_t i)
{
    if (lua_type(L, -1) != LUA_TTABLE)
        luaL_error(L, "tensor: row %I is a %s; want a table of numbers", (lua_Integer)i + 1,
                   luaL_typename(L, -1));
    if ((int64_t)lua_rawlen(L, -1) != t->cols)
        luaL_error(L, "tensor: row %I has %I numbers; row 1 has %I", (lua_Integer)i + 1,
                   (lua_Integer)lua_rawlen(L, -1), (lua_Integer)t->cols);
    for (int64_t j = 0; j < t->cols; j++) {
        lua_rawgeti(L, -1, j + 1);
        t->at[i * t->cols + j] = check_real(L, -1, i + 1, j + 1);
        lua_pop(L, 1);
    }
}

/* { {1, 2}, {3, 4} }, or { 1, 2 } for one row. */
static int from_table(lua_State *L, int index)
{
    int64_t rows = (int64_t)lua_rawlen(L, index);
    bool flat = lua_rawgeti(L, index, 1) == LUA_TNUMBER; /* first */
    int64_t cols = flat ? rows : (int64_t)lua_rawlen(L, -1);
    if (flat) rows = 1;
    dy_tensor *t = dy_tensor_push(L, rows, cols); /* first t */
    for (int64_t i = 0; i < rows; i++) {
        if (flat)
            lua_pushvalue(L, index);
        else
            lua_rawgeti(L, index, i + 1); /* first t row */
        fill_row(L, t, i);
        lua_pop(L, 1); /* first t */
    }
    return 1;
}

static void fill(dy_tensor *t, float value)
{
    for (int64_t i = 0; i < t->rows * t->cols; i++) t->at[i] = value;
}

/* f(row, col) of each element; the tensor is on top. */
static void fill_by_function(lua_State *L, dy_tensor *t, int function)
{
    for (int64_t i = 0; i < t->rows * t->cols; i++) {
        lua_pushvalue(L, function);
        lua_pushinteger(L, i / t->cols + 1);
        lua_pushinteger(L, i % t->cols + 1);
        lua_call(L, 2, 1); /* t value */
        t->at[i] = check_real(L, -1, i / t->cols + 1, i % t->cols + 1);
        lua_pop(L, 1);
    }
}

/* derny.tensor { ... }, derny.tensor(rows, cols), derny.tensor(rows, cols, value or function); 1 is derny.tensor. */
static int make(lua_State *L)
{
    if (lua_type(L, 2) == LUA_TTABLE) return from_table(L, 2);
    int64_t rows = luaL_checkinteger(L, 2);
    int64_t cols = luaL_checkinteger(L, 3);
    bool by_function = lua_type(L, 4) == LUA_TFUNCTION;
    float value = by_function ? 0 : (float)luaL_optnumber(L, 4, 0);
    lua_settop(L, 4);
    dy_tensor *t = dy_tensor_push(L, rows, cols); /* ... t */
    fill(t, value);
    if (by_function) fill_by_function(L, t, 4);
    return 1;
}

static int make_filled(lua_State *L, float value)
{
    fill(dy_tensor_push(L, luaL_checkinteger(L, 1), luaL_checkinteger(L, 2)), value);
    return 1;
}

static int zeros(lua_State *L)
{
    return make_filled(L, 0);
}

static int ones(lua_State *L)
{
    return make_filled(L, 1);
}

static int eye(lua_State *L)
{
    int64_t n = luaL_checkinteger(L, 1);
    dy_tensor *t = dy_tensor_push(L, n, n);
    fill(t, 0);
    for (int64_t i = 0; i < n; i++) t->at[i * n + i] = 1;
    return 1;
}

static int make_random(lua_State *L, double (*draw)(dy_rng *))
{
    dy_rng *rng = &dy_host_of(L)->random;
    dy_tensor *t = dy_tensor_push(L, luaL_checkinteger(L, 1), luaL_checkinteger(L, 2));
    for (int64_t i = 0; i < t->rows * t->cols; i++) t->at[i] = (float)draw(rng);
    return 1;
}

static int uniform(lua_State *L)
{
    return make_random(L, dy_rng_uniform);
}

static int normal(lua_State *L)
{
    return make_random(L, dy_rng_normal);
}

/* One row of n numbers, both ends included. */
static int linspace(lua_State *L)
{
    double from = luaL_checknumber(L, 1), to = luaL_checknumber(L, 2);
    int64_t n = luaL_checkinteger(L, 3);
    luaL_argcheck(L, n >= 2, 3, "want at least 2 numbers");
    dy_tensor *t = dy_tensor_push(L, 1, n);
    for (int64_t i = 0; i < n; i++) {
        double part = (double)i / (double)(n - 1);
        t->at[i] = (float)(from * (1 - part) + to * part);
    }
    return 1;
}

/* ---- looking ---- */

/* The argument as an index from 0; below zero it counts from the end. */
static int64_t check_index(lua_State *L, int arg, int64_t n, const char *what)
{
    int64_t i = luaL_checkinteger(L, arg);
    int64_t at = i < 0 ? n + i : i - 1;
    if (i == 0 || at < 0 || at >= n)
        luaL_error(L, "tensor: there is no %s %I; there are %I", what, (lua_Integer)i,
                   (lua_Integer)n);
    return at;
}

static float *check_element(lua_State *L, dy_tensor *t)
{
    int64_t row = check_index(L, 2, t->rows, "row");
    int64_t col = check_index(L, 3, t->cols, "column");
    return &t->at[row * t->cols + col];
}

static int get(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)*check_element(L, dy_tensor_check(L, 1)));
    return 1;
}

static int set(lua_State *L)
{
    float *at = check_element(L, dy_tensor_check(L, 1));
    *at = (float)luaL_checknumber(L, 4);
    return 0;
}

static int push_part(lua_State *L, const dy_tensor *t, int64_t row, int64_t rows, int64_t col,
                     int64_t cols)
{
    dy_tensor *part = dy_tensor_push(L, rows, cols);
    for (int64_t i = 0; i < rows; i++)
        memcpy(&part->at[i * cols], &t->at[(row + i) * t->cols + col],
               (size_t)cols * sizeof(float));
    return 1;
}

static int row(lua_State *L)
{
    dy_tensor *t = dy_tensor_check(L, 1);
    return push_part(L, t, check_index(L, 2, t->rows, "row"), 1, 0, t->cols);
}

static int col(lua_State *L)
{
    dy_tensor *t = dy_tensor_check(L, 1);
    return push_part(L, t, 0, t->rows, check_index(L, 2, t->cols, "column"), 1);
}

/* t:slice(first_row, last_row [, first_col, last_col]) */
static int slice(lua_State *L)
{
    dy_tensor *t = dy_tensor_check(L, 1);
    int64_t top = check_index(L, 2, t->rows, "row");
    int64_t bottom = check_index(L, 3, t->rows, "row");
    bool all = lua_isnoneornil(L, 4);
    int64_t left = all ? 0 : check_index(L, 4, t->cols, "column");
    int64_t right = all ? t->cols - 1 : check_index(L, 5, t->cols, "column");
    if (top > bottom || left > right)
        return luaL_error(L, "tensor: a slice ends before it begins");
    return push_part(L, t, top, bottom - top + 1, left, right - left + 1);
}

/* A table of rows, as derny.tensor takes it. */
static int totable(lua_State *L)
{
    dy_tensor *t = dy_tensor_check(L, 1);
    lua_createtable(L, (int)t->rows, 0); /* rows */
    for (int64_t i = 0; i < t->rows; i++) {
        lua_createtable(L, (int)t->cols, 0); /* rows row */
        for (int64_t j = 0; j < t->cols; j++) {
            lua_pushnumber(L, (lua_Number)t->at[i * t->cols + j]);
            lua_rawseti(L, -2, j + 1);
        }
        lua_rawseti(L, -2, i + 1); /* rows */
    }
    return 1;
}

static void add_row(luaL_Buffer *text, const float *at, int64_t cols)
{
    char number[32];
    luaL_addstring(text, "\n ");
    for (int64_t j = 0; j < cols && j < SHOWN; j++) {
        snprintf(number, sizeof number, " %10.5g", (double)at[j]);
        luaL_addstring(text, number);
    }
    if (cols > SHOWN) luaL_addstring(text, " ...");
}

static int to_string(lua_State *L)
{
    const dy_tensor *t = dy_tensor_check(L, 1);
    luaL_Buffer text;
    char shape[64];
    luaL_buffinit(L, &text);
    snprintf(shape, sizeof shape, "tensor %lld x %lld", (long long)t->rows, (long long)t->cols);
    luaL_addstring(&text, shape);
    for (int64_t i = 0; i < t->rows && i < SHOWN; i++)
        add_row(&text, &t->at[i * t->cols], t->cols);
    if (t->rows > SHOWN) luaL_addstring(&text, "\n  ...");
    luaL_pushresult(&text);
    return 1;
}

static int len(lua_State *L)
{
    lua_pushinteger(L, dy_tensor_check(L, 1)->rows);
    return 1;
}

/* ---- the class ---- */

static const luaL_Reg methods[] = { { "col", col }, { "get", get },     { "row", row },
                                    { "set", set }, { "slice", slice }, { "totable", totable },
                                    { NULL, NULL } };
static const luaL_Reg metamethods[] = { { "__len", len },
                                        { "__tostring", to_string },
                                        { NULL, NULL } };
static const luaL_Reg makers[] = { { "eye", eye },      { "linspace", linspace },
                                   { "ones", ones },    { "rand", uniform },
                                   { "randn", normal }, { "zeros", zeros },
                                   { NULL, NULL } };

/* Upvalue: the methods. rows and cols are fields; anything else is a mistake worth a message. */
static int get_field(lua_State *L)
{
    const dy_tensor *t = dy_tensor_check(L, 1);
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "tensor: cannot be indexed by a %s; want t:get(row, column)",
                          luaL_typename(L, 2));
    const char *name = lua_tostring(L, 2);
    bool rows = strcmp(name, "rows") == 0;
    if (!rows && strcmp(name, "cols") != 0)
        return luaL_error(L, "tensor: there is no field '%s'", name);
    lua_pushinteger(L, rows ? t->rows : t->cols);
    return 1;
}

static int new_index(lua_State *L)
{
    return luaL_error(L, "tensor: fields cannot be set; want t:set(row, column, value)");
}

static void make_class(lua_State *L)
{
    dy_class_make(L, DY_CLASS_TENSOR, metamethods, NULL);
    luaL_getmetatable(L, DY_CLASS_TENSOR); /* meta */
    luaL_setfuncs(L, dy_tensor_operators, 0);
    lua_newtable(L); /* meta methods */
    luaL_setfuncs(L, methods, 0);
    luaL_setfuncs(L, dy_tensor_math, 0);
    lua_pushcclosure(L, get_field, 1); /* meta get_field */
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, new_index);
    lua_setfield(L, -2, "__newindex");
    lua_pop(L, 1);
}

int dy_bind_tensor(lua_State *L)
{
    make_class(L);
    luaL_newlib(L, makers);              /* makers */
    dy_readonly_make(L, "derny.tensor"); /* view */
    lua_getmetatable(L, -1);             /* view meta */
    lua_pushcfunction(L, make);
    lua_setfield(L, -2, "__call");
    lua_pop(L, 1); /* view */
    return 1;
}
