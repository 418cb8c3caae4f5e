/* bind_model.c - what is trained and by what rule: derny.mlp, derny.sgd, derny.adam, derny.adamw.
 *
 * Both are plain values: a specification, checked, that any number of runs may use.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/weights_value.h"

#include <math.h>
#include <string.h>

static int model_tostring(lua_State *L)
{
    char text[160];
    const dy_mlp_spec *spec = luaL_checkudata(L, 1, DY_CLASS_MODEL);
    lua_pushfstring(L, "mlp %s", dy_mlp_describe(spec, text, sizeof text));
    return 1;
}

static int model_parameters(lua_State *L)
{
    lua_pushinteger(L, dy_mlp_parameters(luaL_checkudata(L, 1, DY_CLASS_MODEL)));
    return 1;
}

/* The widths, from the table's array part. */
static void read_widths(const dy_fields *f, dy_mlp_spec *spec)
{
    lua_State *L = f->L;
    lua_Unsigned n = lua_rawlen(L, f->at);
    if (n < 2 || n > DY_LAYERS_MAX + 1)
        dy_fields_fail(f, "%d widths; want 2 to %d: inputs, hidden layers, outputs", (int)n,
                       DY_LAYERS_MAX + 1);
    spec->n_layers = (int)n - 1;
    for (int i = 0; i <= spec->n_layers; i++) {
        int whole;
        lua_rawgeti(L, f->at, i + 1); /* width */
        spec->widths[i] = lua_tointegerx(L, -1, &whole);
        if (!whole || lua_type(L, -1) != LUA_TNUMBER)
            dy_fields_fail(f, "width %d is not a whole number", i + 1);
        lua_pop(L, 1);
    }
}

/* init = derny.weights(...): pushes the weights, or nil where init is something else. */
static const dy_weights_value *push_given(const dy_fields *f)
{
    dy_fields_push(f, "init"); /* value */
    const dy_weights_value *given = luaL_testudata(f->L, -1, DY_CLASS_WEIGHTS);
    if (given) return given;
    lua_pop(f->L, 1);
    lua_pushnil(f->L);
    return NULL;
}

/* The weights have to be of this network. */
static void give(const dy_fields *f, dy_mlp_spec *spec, const dy_weights_value *given)
{
    char file[200], model[200];
    dy_mlp_spec bare = *spec, shape = given->shape;
    bool fits = spec->n_layers == shape.n_layers &&
                memcmp(spec->widths, shape.widths,
                       (size_t)(spec->n_layers + 1) * sizeof *spec->widths) == 0;
    bare.dropout = 0;
    bare.activation = shape.activation = DY_IDENTITY;
    if (!fits)
        dy_fields_fail(f, "init has the weights of a %s; the network is a %s",
                       dy_mlp_describe(&shape, file, sizeof file),
                       dy_mlp_describe(&bare, model, sizeof model));
    spec->given = given->flat;
}

static int mlp_make(lua_State *L)
{
    static const char *const NAMES[] = { "activation", "init", "dropout", NULL };
    dy_fields f = dy_fields_open(L, 1, "derny.mlp", NAMES, true);
    dy_mlp_spec spec = { 0 };
    read_widths(&f, &spec);
    spec.activation =
        (dy_activation)dy_field_choice(&f, "activation", DY_RELU, DY_ACTIVATION_NAMES);
    const dy_weights_value *given = push_given(&f); /* .. weights */
    int weights = lua_gettop(L);
    spec.init = DY_TORCH;
    if (!given) spec.init = (dy_init)dy_field_choice(&f, "init", DY_TORCH, DY_INIT_NAMES);
    spec.dropout = dy_field_real(&f, "dropout", 0, 0, nextafter(1, 0));
    dy_error err;
    if (!dy_mlp_check(&spec, &err)) dy_fields_fail(&f, "%s", err.text);
    if (given) give(&f, &spec, given);
    dy_mlp_spec *model = lua_newuserdatauv(L, sizeof *model, 1); /* .. model */
    *model = spec;
    luaL_setmetatable(L, DY_CLASS_MODEL);
    lua_pushvalue(L, weights);   /* .. model weights */
    lua_setiuservalue(L, -2, 1); /* what the model points into lives as long as it */
    return 1;
}

const dy_mlp_spec *dy_field_model(const dy_fields *f, const char *name)
{
    if (dy_fields_push(f, name) == LUA_TNIL)
        dy_fields_fail(f, "%s is missing; for example %s = derny.mlp { 784, 128, 10 }", name,
                       name);
    const dy_mlp_spec *spec = luaL_testudata(f->L, -1, DY_CLASS_MODEL);
    if (!spec)
        dy_fields_fail(f, "%s is a %s; want a model, as derny.mlp { ... } makes", name,
                       luaL_typename(f->L, -1));
    lua_pop(f->L, 1); /* the option table still holds it */
    return spec;
}

static int optimizer_tostring(lua_State *L)
{
    char text[160];
    lua_pushstring(
        L, dy_optim_describe(luaL_checkudata(L, 1, DY_CLASS_OPTIMIZER), text, sizeof text));
    return 1;
}

static int push_optimizer(const dy_fields *f, const dy_optim_spec *spec)
{
    dy_error err;
    if (!dy_optim_check(spec, &err)) dy_fields_fail(f, "%s", err.text);
    dy_optim_spec *optimizer = lua_newuserdatauv(f->L, sizeof *optimizer, 0); /* optimizer */
    *optimizer = *spec;
    luaL_setmetatable(f->L, DY_CLASS_OPTIMIZER);
    return 1;
}

/* The table that an optimizer's function was called with; none means all defaults. */
static dy_fields optimizer_fields(lua_State *L, const char *what, const char *const *names)
{
    lua_settop(L, 1);
    if (lua_isnil(L, 1)) {
        lua_newtable(L);
        lua_replace(L, 1);
    }
    return dy_fields_open(L, 1, what, names, false);
}

static int sgd_make(lua_State *L)
{
    static const char *const NAMES[] = { "momentum",  "nesterov",  "dialect", "weight_decay",
                                         "decoupled", "clip_norm", NULL };
    dy_fields f = optimizer_fields(L, "derny.sgd", NAMES);
    dy_optim_spec spec = dy_sgd_defaults();
    spec.momentum = dy_field_real(&f, "momentum", spec.momentum, 0, nextafter(1, 0));
    spec.nesterov = dy_field_bool(&f, "nesterov", spec.nesterov);
    spec.dialect =
        (dy_dialect)dy_field_choice(&f, "dialect", (int)spec.dialect, DY_DIALECT_NAMES);
    spec.weight_decay = dy_field_real(&f, "weight_decay", 0, 0, INFINITY);
    spec.decoupled = dy_field_bool(&f, "decoupled", false);
    spec.clip_norm = dy_field_real(&f, "clip_norm", 0, 0, INFINITY);
    return push_optimizer(&f, &spec);
}

static int make_adam(lua_State *L, const char *what, double decay, bool decoupled)
{
    static const char *const NAMES[] = { "beta1",        "beta2",     "eps",
                                         "weight_decay", "clip_norm", NULL };
    dy_fields f = optimizer_fields(L, what, NAMES);
    dy_optim_spec spec = dy_adam_defaults();
    spec.momentum = dy_field_real(&f, "beta1", spec.momentum, 0, nextafter(1, 0));
    spec.beta2 = dy_field_real(&f, "beta2", spec.beta2, 0, nextafter(1, 0));
    spec.eps = dy_field_real(&f, "eps", spec.eps, 0, INFINITY);
    spec.weight_decay = dy_field_real(&f, "weight_decay", decay, 0, INFINITY);
    spec.clip_norm = dy_field_real(&f, "clip_norm", 0, 0, INFINITY);
    spec.decoupled = decoupled;
    return push_optimizer(&f, &spec);
}

static int adam_make(lua_State *L)
{
    return make_adam(L, "derny.adam", 0, false);
}

/* Weight decay apart from the gradient, 0.01 unless given, as in torch.optim.AdamW. */
static int adamw_make(lua_State *L)
{
    return make_adam(L, "derny.adamw", 0.01, true);
}

dy_optim_spec dy_field_optimizer(const dy_fields *f, const char *name)
{
    dy_optim_spec spec = dy_sgd_defaults();
    if (dy_fields_push(f, name) != LUA_TNIL) {
        const dy_optim_spec *given = luaL_testudata(f->L, -1, DY_CLASS_OPTIMIZER);
        if (!given)
            dy_fields_fail(f, "%s is a %s; want derny.sgd {}, derny.adam {} or derny.adamw {}",
                           name, luaL_typename(f->L, -1));
        spec = *given;
    }
    lua_pop(f->L, 1);
    return spec;
}

void dy_bind_model(lua_State *L)
{
    static const luaL_Reg MODEL[] = { { "__tostring", model_tostring }, { NULL, NULL } };
    static const luaL_Reg METHODS[] = { { "parameters", model_parameters }, { NULL, NULL } };
    static const luaL_Reg OPTIMIZER[] = { { "__tostring", optimizer_tostring },
                                          { NULL, NULL } };
    static const luaL_Reg FUNCTIONS[] = { { "mlp", mlp_make },
                                          { "sgd", sgd_make },
                                          { "adam", adam_make },
                                          { "adamw", adamw_make },
                                          { NULL, NULL } };
    dy_class_make(L, DY_CLASS_MODEL, MODEL, METHODS);
    dy_class_make(L, DY_CLASS_OPTIMIZER, OPTIMIZER, NULL);
    luaL_setfuncs(L, FUNCTIONS, 0); /* derny */
}
