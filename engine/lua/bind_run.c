/* bind_run.c - derny.open: a run whose loop the script owns.
 *
 *   local run <close> = derny.open { ... }
 *   while run:more() do local loss = run:step() end
 *
 * SPDX-License-Identifier: MIT */
#include "lua/bind_tensor.h"
#include "lua/run_value.h"

#include <math.h>
#include <string.h>

static dy_run_value *check_open(lua_State *L)
{
    dy_run_value *run = luaL_checkudata(L, 1, DY_CLASS_RUN);
    if (!run->session) luaL_error(L, "the run is closed");
    return run;
}

/* For what its own schedule function must not do to a run. */
static void refuse_inside_step(lua_State *L, const dy_run_value *run, const char *method)
{
    if (run->stepping)
        luaL_error(L, "run:%s: called by the run's own schedule function, inside an update",
                   method);
}

/* Nor may its copy that is only asked ahead (see dy_host) do anything to it. */
static void refuse_ahead(lua_State *L, const char *method)
{
    if (dy_host_of(L)->ahead)
        luaL_error(L, "run:%s: called by a schedule function that is drawn ahead", method);
}

/* For __gc and run:close alike: closing twice is harmless. */
static int run_close(lua_State *L)
{
    dy_run_value *run = luaL_checkudata(L, 1, DY_CLASS_RUN);
    refuse_inside_step(L, run, "close");
    dy_run_close(L, run);
    return 0;
}

/* For __close: an error at index 2 is what the run failed with. */
static int run_leave(lua_State *L)
{
    dy_run_value *run = luaL_checkudata(L, 1, DY_CLASS_RUN);
    refuse_inside_step(L, run, "close");
    if (run->session && !lua_isnoneornil(L, 2)) {
        bool text = lua_type(L, 2) == LUA_TSTRING;
        dy_session_fail(run->session, text ? lua_tostring(L, 2) : "the script failed");
    }
    return run_close(L);
}

static int run_more(lua_State *L)
{
    lua_pushboolean(L, dy_session_more(check_open(L)->session));
    return 1;
}

/* run:step() -> the batch's loss before the update, lr, momentum; nothing when the run was over. */
static int run_step(lua_State *L)
{
    const dy_run_value *run = check_open(L);
    refuse_inside_step(L, run, "step");
    dy_session *session = run->session;
    if (!dy_session_more(session)) return 0;
    dy_run_step(L, 1);
    const dy_tape *tape = dy_session_run(session, 0).tape;
    if (dy_tape_len(tape) == 0) return 0; /* stopped before its first update */
    dy_sample last = dy_tape_sample(tape, dy_tape_len(tape) - 1);
    lua_pushnumber(L, (double)last.loss); /* loss */
    lua_pushnumber(L, last.lr);           /* loss lr */
    lua_pushnumber(L, last.momentum);     /* loss lr momentum */
    return 3;
}

static int run_stop(lua_State *L)
{
    refuse_ahead(L, "stop");
    dy_session_stop(check_open(L)->session);
    return 0;
}

/* run:score([ "test" | "train" ]) -> loss, accuracy or nil */
static int run_score(lua_State *L)
{
    static const char *const SPLITS[] = { "test", "train", NULL };
    dy_session *session = check_open(L)->session;
    const dy_dataset *data = dy_session_data(session);
    const dy_split *split =
        luaL_checkoption(L, 2, "test", SPLITS) == 0 ? &data->test : &data->train;
    luaL_argcheck(L, split->rows > 0, 2, "the data set has no such examples");
    dy_score score = dy_session_score(session, 0, split);
    lua_pushnumber(L, score.loss); /* loss */
    if (isnan(score.accuracy))
        lua_pushnil(L);
    else
        lua_pushnumber(L, score.accuracy); /* loss accuracy */
    return 2;
}

static int run_result(lua_State *L)
{
    dy_push_result(L, check_open(L)->session, 0);
    return 1;
}

/* The layer that argument 2 names, from 1. */
static dy_mat check_weights(lua_State *L, dy_session *session)
{
    int layers = dy_session_model(session)->n_layers;
    int64_t layer = luaL_checkinteger(L, 2);
    luaL_argcheck(L, layer >= 1 && layer <= layers, 2, "no such layer");
    return dy_session_weights(session, 0, (int)layer - 1);
}

/* run:weights(layer) -> a tensor [in + 1 x out], the bias row last; a copy */
static int run_weights(lua_State *L)
{
    dy_mat w = check_weights(L, check_open(L)->session);
    dy_mat copy = dy_tensor_view(dy_tensor_push(L, w.rows, w.cols)); /* tensor */
    for (int64_t i = 0; i < w.rows; i++)
        for (int64_t j = 0; j < w.cols; j++)
            copy.at[i * copy.row_stride + j] = w.at[i * w.row_stride + j * w.col_stride];
    return 1;
}

static int run_set_weights(lua_State *L)
{
    refuse_ahead(L, "set_weights");
    dy_session *session = check_open(L)->session;
    dy_mat w = check_weights(L, session);
    dy_mat from = dy_tensor_view(dy_tensor_check(L, 3));
    luaL_argcheck(L, from.rows == w.rows && from.cols == w.cols, 3,
                  "the layer's shape is another");
    for (int64_t i = 0; i < w.rows; i++)
        for (int64_t j = 0; j < w.cols; j++)
            w.at[i * w.row_stride + j * w.col_stride] =
                from.at[i * from.row_stride + j * from.col_stride];
    dy_session_weights_set(session, 0);
    return 0;
}

/* run:find_lr([options]): a range test that begins where the run stands, on copies of it */
static int run_find_lr(lua_State *L)
{
    const dy_run_value *run = check_open(L);
    refuse_inside_step(L, run, "find_lr");
    return dy_run_find_lr(L, run);
}

/* run:predict(x [rows x inputs]) -> [rows x outputs]: class probabilities, or a regression's outputs */
static int run_predict(lua_State *L)
{
    dy_session *session = check_open(L)->session;
    dy_mat x = dy_tensor_view(dy_tensor_check(L, 2));
    const dy_dataset *data = dy_session_data(session);
    luaL_argcheck(L, x.cols == data->inputs, 2,
                  "as many columns as the network has inputs are wanted");
    dy_mat y = dy_tensor_view(dy_tensor_push(L, x.rows, data->outputs)); /* tensor */
    int64_t batch = dy_session_batch(session);
    for (int64_t from = 0; from < x.rows; from += batch) {
        int64_t rows = x.rows - from < batch ? x.rows - from : batch;
        dy_session_predict(session, 0, dy_mat_rows(x, from, rows), dy_mat_rows(y, from, rows));
    }
    return 1;
}

static int run_tostring(lua_State *L)
{
    const dy_run_value *run = luaL_checkudata(L, 1, DY_CLASS_RUN);
    if (!run->session) {
        lua_pushliteral(L, "run (closed)");
        return 1;
    }
    lua_pushfstring(L, "run '%s', %I of %I updates", dy_session_run(run->session, 0).card->name,
                    (LUAI_UACINT)dy_session_updates(run->session),
                    (LUAI_UACINT)dy_session_steps(run->session));
    return 1;
}

/* run.updates, run.steps, run.epoch_steps; methods come from the upvalue. */
static int run_index(lua_State *L)
{
    const dy_run_value *run = luaL_checkudata(L, 1, DY_CLASS_RUN);
    const char *key = luaL_checkstring(L, 2);
    if (run->session && strcmp(key, "updates") == 0)
        lua_pushinteger(L, dy_session_updates(run->session));
    else if (run->session && strcmp(key, "steps") == 0)
        lua_pushinteger(L, dy_session_steps(run->session));
    else if (run->session && strcmp(key, "epoch_steps") == 0)
        lua_pushinteger(L, dy_session_epoch_steps(run->session));
    else if (lua_pushvalue(L, 2), lua_rawget(L, lua_upvalueindex(1)) == LUA_TNIL)
        return luaL_error(L,
                          run->session ? "a run has no field '%s'"
                                       : "the run is closed; its '%s' is no more",
                          key);
    return 1;
}

static int open_run(lua_State *L)
{
    dy_fields f = dy_fields_open(L, 1, "derny.open", DY_RUN_FIELDS, false);
    lua_settop(L, 1);
    if (dy_fields_has(&f, "on_epoch"))
        dy_fields_fail(&f, "on_epoch is for derny.train; here the loop is yours");
    const char *name = dy_field_text(&f, "name", "run");
    if (dy_fields_push(&f, "schedule") == LUA_TNIL) /* options schedule */
        dy_fields_fail(&f, "schedule is missing; a number is a constant lr: schedule = 0.1");
    dy_push_run(&f, 1, &name, true); /* options run */
    return 1;
}

static const luaL_Reg META[] = { { "__gc", run_close },
                                 { "__close", run_leave },
                                 { "__tostring", run_tostring },
                                 { NULL, NULL } };

static const luaL_Reg METHODS[] = { { "more", run_more },
                                    { "step", run_step },
                                    { "stop", run_stop },
                                    { "score", run_score },
                                    { "result", run_result },
                                    { "weights", run_weights },
                                    { "predict", run_predict },
                                    { "set_weights", run_set_weights },
                                    { "find_lr", run_find_lr },
                                    { "close", run_close },
                                    { NULL, NULL } };

void dy_bind_run(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        { "open", open_run }, { "train", dy_train }, { "race", dy_race_run }, { NULL, NULL }
    };
    dy_class_make(L, DY_CLASS_RUN, META, NULL);
    luaL_getmetatable(L, DY_CLASS_RUN); /* derny meta */
    luaL_newlib(L, METHODS);            /* derny meta methods */
    lua_pushcclosure(L, run_index, 1);  /* derny meta index */
    lua_setfield(L, -2, "__index");     /* derny meta */
    lua_pop(L, 1);                      /* derny */
    dy_bind_result(L);
    luaL_setfuncs(L, FUNCTIONS, 0); /* derny */
}
