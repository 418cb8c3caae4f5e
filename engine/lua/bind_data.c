/* bind_data.c - data sets in Lua: derny.data.mnist1d(), derny.data.csv { ... }, and what can be done with one.
 *
 * A data set never changes: standardise, shuffle, split and subset give a new one, which borrows the arrays of the
 * one it came from and keeps it alive.
 *
 * SPDX-License-Identifier: MIT */
#include "data/files.h"
#include "data/generated.h"
#include "lua/binding.h"
#include "lua/paths.h"

#include <math.h>
#include <string.h>

/* The most that one data set may take; the lab's address space is bounded too. */
static const int64_t LIMIT = (int64_t)8 << 30;

/* A data set that holds nothing yet, to be filled in place; the collector closes it. */
static dy_dataset *push_dataset(lua_State *L)
{
    dy_dataset *data = lua_newuserdatauv(L, sizeof *data, 1); /* data */
    *data = dy_dataset_make(LIMIT);
    luaL_setmetatable(L, DY_CLASS_DATA);
    return data;
}

static int dataset_gc(lua_State *L)
{
    dy_dataset_close(luaL_checkudata(L, 1, DY_CLASS_DATA));
    return 0;
}

static int dataset_tostring(lua_State *L)
{
    const dy_dataset *data = luaL_checkudata(L, 1, DY_CLASS_DATA);
    lua_pushfstring(L, "%s: %I + %I examples, %I inputs, %I %s", data->name,
                    (LUAI_UACINT)data->train.rows, (LUAI_UACINT)data->test.rows,
                    (LUAI_UACINT)data->inputs, (LUAI_UACINT)data->outputs,
                    data->task == DY_CLASSIFY ? "classes" : "targets");
    return 1;
}

const dy_dataset *dy_field_dataset(const dy_fields *f, const char *name)
{
    if (dy_fields_push(f, name) == LUA_TNIL)
        dy_fields_fail(f, "%s is missing; for example %s = derny.data.mnist1d()", name, name);
    const dy_dataset *data = luaL_testudata(f->L, -1, DY_CLASS_DATA);
    if (!data)
        dy_fields_fail(f, "%s is a %s; want a data set, as derny.data.mnist1d() makes", name,
                       luaL_typename(f->L, -1));
    lua_pop(f->L, 1); /* the option table still holds it */
    return data;
}

/* The options at 1; none is the same as an empty table. */
static dy_fields options(lua_State *L, const char *what, const char *const *names,
                         bool positional)
{
    lua_settop(L, 1);
    if (lua_isnil(L, 1)) {
        lua_newtable(L);
        lua_replace(L, 1);
    }
    return dy_fields_open(L, 1, what, names, positional);
}

/* The second and third beat of every maker: the engine's call is done, `ok` says how. */
static int answer(const dy_fields *f, bool ok, const dy_error *err)
{
    if (!ok) dy_fields_fail(f, "%s", err->text);
    return 1; /* the data set on top of the stack */
}

static const int64_t MANY = 100000000;

static int data_mnist1d(lua_State *L)
{
    static const char *const NAMES[] = { "train",       "test",  "seed",  "scale",
                                         "translation", "shear", "noise", "correlated_noise",
                                         NULL };
    dy_fields f = options(L, "derny.data.mnist1d", NAMES, false);
    dy_mnist1d_spec spec = dy_mnist1d_defaults();
    spec.train = dy_field_count(&f, "train", spec.train, 1, MANY);
    spec.test = dy_field_count(&f, "test", spec.test, 0, MANY);
    spec.seed = (uint64_t)dy_field_count(&f, "seed", (int64_t)spec.seed, 0, INT64_MAX);
    spec.scale_coeff = dy_field_real(&f, "scale", spec.scale_coeff, 0, 1e6);
    spec.max_translation = dy_field_real(&f, "translation", spec.max_translation, 0, 1e6);
    spec.shear_scale = dy_field_real(&f, "shear", spec.shear_scale, 0, 1e6);
    spec.iid_noise_scale = dy_field_real(&f, "noise", spec.iid_noise_scale, 0, 1e6);
    spec.corr_noise_scale =
        dy_field_real(&f, "correlated_noise", spec.corr_noise_scale, 0, 1e6);
    dy_error err;
    return answer(&f, dy_mnist1d_make(push_dataset(L), &spec, &err), &err);
}

typedef bool points_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);

static int make_points(lua_State *L, const char *what, const char *const *names,
                       points_make *make)
{
    dy_fields f = options(L, what, names, false);
    dy_points_spec spec = dy_points_defaults();
    spec.rows = dy_field_count(&f, "rows", spec.rows, 2, MANY);
    spec.classes = dy_field_count(&f, "classes", spec.classes, 2, 1000);
    spec.inputs = dy_field_count(&f, "inputs", spec.inputs, 1, 100000);
    spec.noise = dy_field_real(&f, "noise", spec.noise, 0, 1e6);
    spec.turns = dy_field_real(&f, "turns", spec.turns, 0, 1000);
    spec.test = dy_field_real(&f, "test", spec.test, 0, nextafter(1, 0));
    spec.seed = (uint64_t)dy_field_count(&f, "seed", (int64_t)spec.seed, 0, INT64_MAX);
    dy_error err;
    return answer(&f, make(push_dataset(L), &spec, &err), &err);
}

static int data_spirals(lua_State *L)
{
    static const char *const NAMES[] = { "rows", "classes", "noise", "turns",
                                         "test", "seed",    NULL };
    return make_points(L, "derny.data.spirals", NAMES, dy_spirals_make);
}

static int data_moons(lua_State *L)
{
    static const char *const NAMES[] = { "rows", "noise", "test", "seed", NULL };
    return make_points(L, "derny.data.moons", NAMES, dy_moons_make);
}

static int data_circles(lua_State *L)
{
    static const char *const NAMES[] = { "rows", "noise", "test", "seed", NULL };
    return make_points(L, "derny.data.circles", NAMES, dy_circles_make);
}

static int data_blobs(lua_State *L)
{
    static const char *const NAMES[] = { "rows", "classes", "inputs", "noise",
                                         "test", "seed",    NULL };
    return make_points(L, "derny.data.blobs", NAMES, dy_blobs_make);
}

static int data_bowl(lua_State *L)
{
    static const char *const NAMES[] = { "inputs", "rows", "condition", "noise", "seed", NULL };
    dy_fields f = options(L, "derny.data.bowl", NAMES, false);
    dy_bowl_spec spec = dy_bowl_defaults();
    spec.inputs = dy_field_count(&f, "inputs", spec.inputs, 1, 10000);
    spec.rows = dy_field_count(&f, "rows", spec.rows, 0, MANY);
    spec.condition = dy_field_real(&f, "condition", spec.condition, 1, 1e12);
    spec.noise = dy_field_real(&f, "noise", spec.noise, 0, 1e6);
    spec.seed = (uint64_t)dy_field_count(&f, "seed", (int64_t)spec.seed, 0, INT64_MAX);
    dy_error err;
    return answer(&f, dy_bowl_make(push_dataset(L), &spec, &err), &err);
}

static int read_known(lua_State *L, const char *what, const char *name)
{
    static const char *const NAMES[] = { NULL };
    dy_fields f = options(L, what, NAMES, false);
    dy_error err;
    return answer(&f, dy_known_read(push_dataset(L), name, LIMIT, &err), &err);
}

static int data_mnist(lua_State *L)
{
    return read_known(L, "derny.data.mnist", "mnist");
}

static int data_fashion_mnist(lua_State *L)
{
    return read_known(L, "derny.data.fashion_mnist", "fashion-mnist");
}

/* A file named in a field: where it is, kept as a string on the stack so that it lives until the function returns. NULL if
 * absent and not required. */
static const char *field_path(const dy_fields *f, const char *name, bool required)
{
    const char *text = dy_field_text(f, name, NULL);
    if (!text && !required) return NULL;
    if (!text) dy_fields_fail(f, "%s is missing", name);
    dy_path path;
    dy_error err;
    if (!dy_path_find(&path, dy_host_of(f->L), text, &err)) dy_fields_fail(f, "%s", err.text);
    return lua_pushstring(f->L, path.text);
}

/* Puts the file's name, given as { "points.csv", ... } or as the only argument, into the field `file`. */
static void name_file(lua_State *L)
{
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING) {
        lua_createtable(L, 0, 1);   /* name options */
        lua_insert(L, 1);           /* options name */
        lua_setfield(L, 1, "file"); /* options */
    } else if (lua_type(L, 1) == LUA_TTABLE && lua_rawgeti(L, 1, 1) == LUA_TSTRING) {
        lua_setfield(L, 1, "file"); /* options */
        lua_pushnil(L);
        lua_rawseti(L, 1, 1);
    }
    lua_settop(L, 1);
}

static int data_csv(lua_State *L)
{
    static const char *const NAMES[] = { "file", "target", "task", "test", "seed", NULL };
    static const char *const TASKS[] = { "classify", "regress", NULL };
    name_file(L);
    dy_fields f = options(L, "derny.data.csv", NAMES, false);
    dy_csv_spec spec = { .file = field_path(&f, "file", true) };
    if (dy_fields_push(&f, "target") == LUA_TNUMBER)
        lua_tostring(L, -1);                                     /* a column's number */
    spec.target = lua_isnil(L, -1) ? NULL : lua_tostring(L, -1); /* stays on the stack */
    spec.regress = dy_field_choice(&f, "task", 0, TASKS) == 1;
    spec.test = dy_field_real(&f, "test", 0.2, 0, nextafter(1, 0));
    spec.seed = (uint64_t)dy_field_count(&f, "seed", 0, 0, INT64_MAX);
    dy_error err;
    return answer(&f, dy_csv_read(push_dataset(L), &spec, LIMIT, &err), &err);
}

static int data_idx(lua_State *L)
{
    static const char *const NAMES[] = { "train_images", "train_labels", "test_images",
                                         "test_labels", NULL };
    dy_fields f = options(L, "derny.data.idx", NAMES, false);
    dy_idx_spec spec = { field_path(&f, "train_images", true),
                         field_path(&f, "train_labels", true),
                         field_path(&f, "test_images", false),
                         field_path(&f, "test_labels", false) };
    if (!spec.test_images != !spec.test_labels)
        dy_fields_fail(&f, "test_images and test_labels go together");
    dy_error err;
    return answer(&f, dy_idx_read(push_dataset(L), &spec, LIMIT, &err), &err);
}

static int data_npz(lua_State *L)
{
    static const char *const NAMES[] = { "file", "x", "y", "x_test", "y_test", NULL };
    name_file(L);
    dy_fields f = options(L, "derny.data.npz", NAMES, false);
    dy_npz_spec spec = { .file = field_path(&f, "file", true),
                         .x = dy_field_text(&f, "x", "x"),
                         .y = dy_field_text(&f, "y", "y"),
                         .x_test = dy_field_text(&f, "x_test", NULL),
                         .y_test = dy_field_text(&f, "y_test", NULL) };
    dy_error err;
    return answer(&f, dy_npz_read(push_dataset(L), &spec, LIMIT, &err), &err);
}

static int data_npy(lua_State *L)
{
    static const char *const NAMES[] = { "x", "y", "x_test", "y_test", NULL };
    dy_fields f = options(L, "derny.data.npy", NAMES, false);
    dy_npz_spec spec = { NULL, field_path(&f, "x", true), field_path(&f, "y", true),
                         field_path(&f, "x_test", false), field_path(&f, "y_test", false) };
    dy_error err;
    return answer(&f, dy_npz_read(push_dataset(L), &spec, LIMIT, &err), &err);
}

/* A new data set made from the one at 1, which it keeps alive. */
static dy_dataset *push_derived(lua_State *L)
{
    dy_dataset *data = push_dataset(L); /* data */
    lua_pushvalue(L, 1);                /* data from */
    lua_setiuservalue(L, -2, 1);        /* data */
    return data;
}

static int derived(lua_State *L, bool ok, const char *method, dy_error *err)
{
    if (ok) return 1;
    dy_fail_in(err, "dataset:%s", method);
    dy_throw(L, err);
}

static int dataset_standardise(lua_State *L)
{
    const dy_dataset *from = luaL_checkudata(L, 1, DY_CLASS_DATA);
    dy_error err;
    return derived(L, dy_dataset_standardise(push_derived(L), from, &err), "standardise", &err);
}

static int dataset_shuffle(lua_State *L)
{
    const dy_dataset *from = luaL_checkudata(L, 1, DY_CLASS_DATA);
    uint64_t seed = (uint64_t)luaL_optinteger(L, 2, 0);
    dy_error err;
    return derived(L, dy_dataset_shuffle(push_derived(L), from, seed, &err), "shuffle", &err);
}

static int dataset_split(lua_State *L)
{
    const dy_dataset *from = luaL_checkudata(L, 1, DY_CLASS_DATA);
    double fraction = luaL_checknumber(L, 2);
    uint64_t seed = (uint64_t)luaL_optinteger(L, 3, 0);
    dy_error err;
    return derived(L, dy_dataset_split(push_derived(L), from, fraction, seed, &err), "split",
                   &err);
}

static int dataset_subset(lua_State *L)
{
    const dy_dataset *from = luaL_checkudata(L, 1, DY_CLASS_DATA);
    int64_t train = luaL_checkinteger(L, 2);
    int64_t test = luaL_optinteger(L, 3, from->test.rows);
    dy_error err;
    return derived(L, dy_dataset_subset(push_derived(L), from, train, test, &err), "subset",
                   &err);
}

/* data.inputs, data.train_size, ...; methods come from the upvalue. */
static int dataset_index(lua_State *L)
{
    const dy_dataset *data = luaL_checkudata(L, 1, DY_CLASS_DATA);
    const char *key = luaL_checkstring(L, 2);

    const struct {
        const char *name;
        int64_t value;
    } counts[] = { { "inputs", data->inputs },
                   { "outputs", data->outputs },
                   { "train_size", data->train.rows },
                   { "test_size", data->test.rows } };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (strcmp(key, counts[i].name) == 0) {
            lua_pushinteger(L, counts[i].value);
            return 1;
        }
    }
    if (strcmp(key, "name") == 0) {
        lua_pushstring(L, data->name);
        return 1;
    }
    lua_pushvalue(L, 2);                /* data key key */
    lua_rawget(L, lua_upvalueindex(1)); /* data key method */
    if (lua_isnil(L, -1)) luaL_error(L, "a data set has no field '%s'", key);
    return 1;
}

static const luaL_Reg METHODS[] = { { "standardise", dataset_standardise },
                                    { "shuffle", dataset_shuffle },
                                    { "split", dataset_split },
                                    { "subset", dataset_subset },
                                    { NULL, NULL } };

static const luaL_Reg META[] = { { "__gc", dataset_gc },
                                 { "__tostring", dataset_tostring },
                                 { NULL, NULL } };

static const luaL_Reg MAKERS[] = { { "mnist", data_mnist },
                                   { "fashion_mnist", data_fashion_mnist },
                                   { "mnist1d", data_mnist1d },
                                   { "spirals", data_spirals },
                                   { "moons", data_moons },
                                   { "circles", data_circles },
                                   { "blobs", data_blobs },
                                   { "bowl", data_bowl },
                                   { "csv", data_csv },
                                   { "idx", data_idx },
                                   { "npz", data_npz },
                                   { "npy", data_npy },
                                   { NULL, NULL } };

void dy_bind_data(lua_State *L)
{
    dy_class_make(L, DY_CLASS_DATA, META, NULL);
    luaL_getmetatable(L, DY_CLASS_DATA);   /* derny meta */
    luaL_newlib(L, METHODS);               /* derny meta methods */
    lua_pushcclosure(L, dataset_index, 1); /* derny meta index */
    lua_setfield(L, -2, "__index");        /* derny meta */
    lua_pop(L, 1);                         /* derny */
    luaL_newlib(L, MAKERS);                /* derny data */
    lua_setfield(L, -2, "data");           /* derny */
}
