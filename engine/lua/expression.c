/* expression.c - see expression.h.   SPDX-License-Identifier: MIT */
#include "lua/expression.h"

#include "lua/binding.h"
#include "lua/pace.h"
#include "lua/require.h"
#include "lua/schedule_value.h"
#include "lua/source.h"

#include <math.h>
#include <string.h>

enum { STOP_EVERY = 1024 }; /* steps between two looks at the control word */

typedef struct request {
    const char *text, *name;
} request;

/* text, name -> the function of the expression. `require` is shadowed: there is no script for a module to be beside. */
static void push_chunk(lua_State *L, const request *asked)
{
    size_t len;
    lua_pushfstring(L, "=%s", asked->name); /* chunk */
    const char *text = lua_pushfstring(L, "local derny, require = ...; return %s", asked->text);
    lua_tolstring(L, -1, &len); /* chunk text */
    if (dy_source_text(L, text, len, lua_tostring(L, -2)) != LUA_OK) lua_error(L);
    lua_pushcfunction(L, dy_require); /* chunk text function require */
    lua_pushliteral(L, "derny");
    lua_call(L, 1, 1); /* chunk text function derny */
}

/* request -> schedule, its functions, the table that is to be their argument */
static int evaluate(lua_State *L)
{
    const request *asked = lua_touserdata(L, 1);
    dy_fields f = { .L = L, .what = asked->name };
    push_chunk(L, asked);
    int below = lua_gettop(L) - 2;
    lua_call(L, 1, LUA_MULTRET);
    int n = lua_gettop(L) - below;
    if (n != 1) dy_fields_fail(&f, "it has %d values; want one schedule", n);
    if (lua_isnil(L, -1))
        dy_fields_fail(&f, "its value is nil; want a number, a schedule or a function of t");
    dy_to_schedule(L, -1, &f, "its value"); /* schedule */
    lua_newtable(L);                        /* schedule functions */
    dy_gather_functions(L, -2, -1);
    lua_newtable(L); /* schedule functions t */
    return 3;
}

/* Says where: once, and without the line of an expression that has only one. */
static bool blame(const char *name, const char *text, dy_error *err)
{
    size_t n = strlen(name);
    if (strncmp(err->text, name, n) != 0) return dy_fail_in(err, "%s", name);
    if (!strchr(text, '\n') && strncmp(err->text + n, ":1:", 3) == 0)
        memmove(err->text + n, err->text + n + 2, strlen(err->text + n + 2) + 1);
    return false;
}

static bool resolve(dy_expression *e, dy_span span, dy_error *err)
{
    dy_host *host = dy_host_of(e->state);
    int was = dy_lab_enter(host->lab);
    dy_pace_frame frame = dy_pace_begin(e->state);
    bool ok = dy_spec_resolve(e->spec, span, &e->plan, &e->arena, err);
    dy_pace_end(e->state, frame);
    dy_lab_leave(host->lab, was);
    return ok;
}

bool dy_expression_open(dy_expression *e, lua_State *L, const char *text, const char *name,
                        dy_span span, dy_error *err)
{
    request asked = { text, name };
    *e = (dy_expression){ .state = L, .top = lua_gettop(L), .name = name };
    e->arena = dy_arena_make(0);
    if (!lua_checkstack(L, 32)) return dy_fail(err, "%s: not enough memory", name);
    lua_pushcfunction(L, evaluate);
    lua_pushlightuserdata(L, &asked);
    if (!dy_script_call(L, 1, 3, err)) return blame(name, text, err);
    e->spec = ((const dy_schedule_value *)lua_touserdata(L, e->top + 1))->spec;
    if (resolve(e, span, err)) return true;
    dy_expression_close(e);
    return blame(name, text, err);
}

void dy_expression_close(dy_expression *e)
{
    lua_settop(e->state, e->top);
    dy_arena_close(&e->arena);
}

/* As dy_pacer_at, but that momentum is NaN where the plan leaves it alone. */
static bool pace_at(const dy_pacer *pacer, int64_t step, dy_pace *pace, dy_error *err)
{
    const dy_plan *plan = pacer->plan;
    if (!plan->call) {
        if (!dy_pacer_at(pacer, step, pace, err)) return false;
        if (plan->momentum.n_nodes == 0) pace->momentum = NAN;
        return true;
    }
    dy_moment now = dy_moment_at(plan->span, step);
    *pace = (dy_pace){ NAN, NAN };
    if (!plan->call(plan->self, &now, pace, err)) return false;
    dy_pace usable = { pace->lr, isnan(pace->momentum) ? 0 : pace->momentum };
    return dy_pace_check(&usable, step, err);
}

static bool follow(const dy_expression *e, const dy_metric *metric, double own, dy_tape *tape,
                   dy_error *err)
{
    dy_pacer pacer = dy_pacer_make(&e->plan, 0);
    const dy_control *control = dy_board_control(dy_host_of(e->state)->lab->board);
    for (int64_t step = 0; step < e->plan.span.steps; step++) {
        dy_pace pace;
        if (step % STOP_EVERY == 0 &&
            atomic_load_explicit(&control->stop, memory_order_relaxed))
            return true;
        if (!pace_at(&pacer, step, &pace, err)) return false;
        if (isnan(pace.momentum)) pace.momentum = own;
        dy_tape_push(tape, (dy_sample){ pace.lr, pace.momentum, NAN });
        if (step < metric->n && !metric->absent[step])
            dy_pacer_observe(&pacer, step, metric->value[step]);
    }
    return true;
}

bool dy_expression_record(const dy_expression *e, const dy_metric *metric, double own,
                          dy_tape *tape, dy_error *err)
{
    dy_host *host = dy_host_of(e->state);
    int was = dy_lab_enter(host->lab);
    dy_pace_frame frame = dy_pace_begin(e->state);
    bool ok = follow(e, metric, own, tape, err);
    dy_pace_end(e->state, frame);
    dy_lab_leave(host->lab, was);
    return ok || blame(e->name, "", err);
}
