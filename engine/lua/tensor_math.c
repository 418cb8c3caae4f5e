/* tensor_math.c - see tensor_math.h.   SPDX-License-Identifier: MIT */
#include "lua/tensor_math.h"

#include "learn/blas.h"
#include "lua/bind_tensor.h"
#include "lua/script.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* What an operator sees of an operand: an axis of length 1 repeats, with stride 0. */
typedef struct operand {
    int64_t rows, cols, row_stride, col_stride;
    const float *at;
    float scalar; /* what `at` points to, for a number */
} operand;

typedef float operator_fn(float a, float b);

static float add(float a, float b)
{
    return a + b;
}

static float subtract(float a, float b)
{
    return a - b;
}

static float multiply(float a, float b)
{
    return a * b;
}

static float divide(float a, float b)
{
    return a / b;
}

static void check_operand(lua_State *L, int index, operand *o)
{
    dy_tensor *t = dy_tensor_test(L, index);
    if (t) {
        *o = (operand){ t->rows, t->cols, t->rows > 1 ? t->cols : 0, t->cols > 1, t->at, 0 };
        return;
    }
    if (lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "tensor: cannot calculate with a %s; want a tensor or a number",
                   luaL_typename(L, index));
    *o = (operand){ .rows = 1, .cols = 1, .scalar = (float)lua_tonumber(L, index) };
    o->at = &o->scalar;
}

/* The length of an axis of the result, 0 when the two do not go together. */
static int64_t joint(int64_t a, int64_t b)
{
    if (a == b || b == 1) return a;
    return a == 1 ? b : 0;
}

static int elementwise(lua_State *L, operator_fn *f, const char *sign)
{
    operand a, b;
    check_operand(L, 1, &a);
    check_operand(L, 2, &b);
    int64_t rows = joint(a.rows, b.rows), cols = joint(a.cols, b.cols);
    if (!rows || !cols)
        return luaL_error(
            L, "tensor: %I x %I %s %I x %I: the shapes differ, and not by a length of 1",
            (lua_Integer)a.rows, (lua_Integer)a.cols, sign, (lua_Integer)b.rows,
            (lua_Integer)b.cols);
    dy_tensor *to = dy_tensor_push(L, rows, cols);
    for (int64_t i = 0; i < rows; i++) {
        const float *left = a.at + i * a.row_stride, *right = b.at + i * b.row_stride;
        for (int64_t j = 0; j < cols; j++)
            to->at[i * cols + j] = f(left[j * a.col_stride], right[j * b.col_stride]);
    }
    return 1;
}

static int op_add(lua_State *L)
{
    return elementwise(L, add, "+");
}

static int op_subtract(lua_State *L)
{
    return elementwise(L, subtract, "-");
}

static int op_multiply(lua_State *L)
{
    return elementwise(L, multiply, "*");
}

static int op_divide(lua_State *L)
{
    return elementwise(L, divide, "/");
}

static int op_power(lua_State *L)
{
    return elementwise(L, powf, "^");
}

static int op_negate(lua_State *L)
{
    const dy_tensor *t = dy_tensor_check(L, 1);
    dy_tensor *to = dy_tensor_push(L, t->rows, t->cols);
    for (int64_t i = 0; i < t->rows * t->cols; i++) to->at[i] = -t->at[i];
    return 1;
}

/* As numbers: nan differs from itself, and 0 equals -0. */
static int op_equal(lua_State *L)
{
    const dy_tensor *a = dy_tensor_test(L, 1), *b = dy_tensor_test(L, 2);
    bool equal = a && b && a->rows == b->rows && a->cols == b->cols;
    for (int64_t i = 0; equal && i < a->rows * a->cols; i++) equal = a->at[i] == b->at[i];
    lua_pushboolean(L, equal);
    return 1;
}

/* A product can take longer than the desk is patient with a script, hence the brackets. */
static int matmul(lua_State *L)
{
    dy_tensor *a = dy_tensor_check(L, 1), *b = dy_tensor_check(L, 2);
    dy_lab *lab = dy_host_of(L)->lab;
    if (a->cols != b->rows)
        return luaL_error(L, "tensor: %I x %I times %I x %I: inner sizes %I and %I differ",
                          (lua_Integer)a->rows, (lua_Integer)a->cols, (lua_Integer)b->rows,
                          (lua_Integer)b->cols, (lua_Integer)a->cols, (lua_Integer)b->rows);
    dy_tensor *to = dy_tensor_push(L, a->rows, b->cols);
    int was = dy_lab_enter(lab);
    dy_blas_start();
    dy_blas_product(1, dy_tensor_view(a), dy_tensor_view(b), 0, dy_tensor_view(to), 1);
    dy_lab_leave(lab, was);
    return 1;
}

static int transpose(lua_State *L)
{
    const dy_tensor *t = dy_tensor_check(L, 1);
    dy_tensor *to = dy_tensor_push(L, t->cols, t->rows);
    for (int64_t i = 0; i < t->rows; i++)
        for (int64_t j = 0; j < t->cols; j++) to->at[j * t->rows + i] = t->at[i * t->cols + j];
    return 1;
}

/* t:map(f): f of each element. */
static int map(lua_State *L)
{
    const dy_tensor *t = dy_tensor_check(L, 1);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    dy_tensor *to = dy_tensor_push(L, t->rows, t->cols); /* ... to */
    memset(to->at, 0, (size_t)(t->rows * t->cols) * sizeof(float));
    for (int64_t i = 0; i < t->rows * t->cols; i++) {
        lua_pushvalue(L, 2);
        lua_pushnumber(L, (lua_Number)t->at[i]);
        lua_call(L, 1, 1); /* ... to value */
        if (lua_type(L, -1) != LUA_TNUMBER)
            return luaL_error(L, "tensor: map's function returned a %s; want a number",
                              luaL_typename(L, -1));
        to->at[i] = (float)lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return 1;
}

static double total(const dy_tensor *t)
{
    double sum = 0;
    for (int64_t i = 0; i < t->rows * t->cols; i++) sum += (double)t->at[i];
    return sum;
}

static int sum(lua_State *L)
{
    lua_pushnumber(L, total(dy_tensor_check(L, 1)));
    return 1;
}

static int mean(lua_State *L)
{
    const dy_tensor *t = dy_tensor_check(L, 1);
    lua_pushnumber(L, total(t) / (double)(t->rows * t->cols));
    return 1;
}

/* The least of sign * element, times sign; nan if there is one. */
static int extreme(lua_State *L, float sign)
{
    const dy_tensor *t = dy_tensor_check(L, 1);
    float best = sign * t->at[0];
    for (int64_t i = 1; i < t->rows * t->cols && !isnan(best); i++) {
        float x = sign * t->at[i];
        if (!(x >= best)) best = x;
    }
    lua_pushnumber(L, (lua_Number)(sign * best));
    return 1;
}

static int least(lua_State *L)
{
    return extreme(L, 1);
}

static int greatest(lua_State *L)
{
    return extreme(L, -1);
}

const luaL_Reg dy_tensor_operators[] = {
    { "__add", op_add },      { "__div", op_divide }, { "__eq", op_equal },
    { "__mul", op_multiply }, { "__pow", op_power },  { "__sub", op_subtract },
    { "__unm", op_negate },   { NULL, NULL },
};

const luaL_Reg dy_tensor_math[] = {
    { "map", map },   { "matmul", matmul }, { "max", greatest },        { "mean", mean },
    { "min", least }, { "sum", sum },       { "transpose", transpose }, { NULL, NULL },
};
