/* run_value.c - see run_value.h.   SPDX-License-Identifier: MIT */
#include "lua/run_value.h"

#include "lab/message.h"
#include "lua/caption.h"
#include "lua/divergence.h"
#include "lua/find_wish.h"
#include "lua/findings.h"
#include "lua/keep_weights.h"
#include "lua/pace.h"
#include "lua/say.h"
#include "lua/schedule_value.h"
#include "lua/where.h"

#include <math.h>
#include <string.h>

enum { FUNCTIONS = 1, MOMENT, BORROWED };

const char *const DY_RUN_FIELDS[] = {
    "name",    "data",  "model", "schedule",  "optimizer", "loss",       "batch",
    "epochs",  "steps", "seed",  "drop_last", "on_epoch",  "eval_every", "label_smoothing",
    "threads", "lint",  NULL
};

/* 100 (updates), "epoch", "5 epochs" or "end". */
static void read_eval_every(const dy_fields *f, dy_session_spec *spec)
{
    int type = dy_fields_push(f, "eval_every"); /* value */
    lua_pop(f->L, 1);
    if (type != LUA_TSTRING) {
        spec->eval_every = dy_field_count(f, "eval_every", 0, 1, INT64_MAX / 2);
        return;
    }
    const char *text = dy_field_text(f, "eval_every", NULL);
    dy_time time = { 1, DY_EPOCHS };
    dy_error err;
    if (strcmp(text, "end") == 0)
        spec->eval_every = -1;
    else if (strcmp(text, "epoch") != 0 &&
             (!dy_time_parse(&time, text, &err) || time.unit != DY_EPOCHS || time.amount < 1 ||
              time.amount > 1e9 || time.amount != floor(time.amount)))
        dy_fields_fail(
            f, "eval_every is '%.60s'; want updates, \"epoch\", \"5 epochs\" or \"end\"", text);
    spec->eval_epochs = (int64_t)time.amount;
}

static void read_length(const dy_fields *f, dy_session_spec *spec)
{
    static const double EPOCHS_MAX = 1e9;
    bool epochs = dy_fields_has(f, "epochs");
    bool steps = dy_fields_has(f, "steps");
    if (epochs == steps)
        dy_fields_fail(f, epochs ? "epochs and steps are both given; one of them says how long"
                                 : "how long? Say epochs = N, or steps = N for updates");
    spec->epochs = dy_field_real(f, "epochs", 0, 0, EPOCHS_MAX);
    spec->steps = dy_field_count(f, "steps", 0, 1, (int64_t)1 << 40);
    if (epochs && !(spec->epochs > 0)) dy_fields_fail(f, "epochs is 0; want more than 0");
}

/* The seed of a run that names none: --seed, or else 0. */
static uint64_t read_seed(const dy_fields *f)
{
    dy_host *host = dy_host_of(f->L);
    if (!dy_fields_has(f, "seed")) host->seed_used = true;
    return (uint64_t)dy_field_count(f, "seed", (int64_t)host->seed, 0, INT64_MAX);
}

dy_race_spec dy_read_race(const dy_fields *f)
{
    if (dy_host_of(f->L)->ahead)
        dy_fields_fail(f, "a schedule function that trains cannot be drawn ahead");
    dy_race_spec race = { .data = dy_field_dataset(f, "data") };
    race.model = *dy_field_model(f, "model");
    race.optim = dy_field_optimizer(f, "optimizer");
    int by_task = race.data->task == DY_CLASSIFY ? DY_CROSS_ENTROPY : DY_MSE;
    race.loss.kind = (dy_loss_kind)dy_field_choice(f, "loss", by_task, DY_LOSS_NAMES);
    race.loss.smoothing = dy_field_real(f, "label_smoothing", 0, 0, nextafter(1, 0));
    race.batch = dy_field_count(f, "batch", 32, 1, INT32_MAX);
    race.drop_last = dy_field_bool(f, "drop_last", false);
    race.seed = read_seed(f);
    race.threads = (int)dy_field_count(f, "threads", 1, 1, 256);
    race.rehearsal = dy_host_of(f->L)->rehearsal;
    return race;
}

static dy_session_spec read_spec(const dy_fields *f)
{
    dy_session_spec spec = { .race = dy_read_race(f) };
    read_eval_every(f, &spec);
    read_length(f, &spec);
    return spec;
}

/* Pushes a run that is not open yet, with its user values: what must live as long as it does. The entrants' schedules are the
 * `n` topmost values and are consumed. */
static dy_run_value *push_closed(const dy_fields *f, int n)
{
    lua_State *L = f->L;
    int first = lua_gettop(L) - n + 1;
    lua_newtable(L); /* schedules.. functions */
    lua_newtable(L); /* schedules.. functions borrowed */
    for (int i = 0; i < n; i++) {
        dy_gather_functions(L, first + i, first + n);
        lua_pushvalue(L, first + i);
        lua_rawseti(L, first + n + 1, i + 1);
    }
    dy_fields_push(f, "data");            /* schedules.. functions borrowed data */
    lua_rawseti(L, first + n + 1, n + 1); /* schedules.. functions borrowed */
    dy_fields_push(f, "model");           /* schedules.. functions borrowed model */
    lua_rawseti(L, first + n + 1, n + 2); /* schedules.. functions borrowed */
    dy_run_value *run =
        lua_newuserdatauv(L, sizeof *run, 3); /* schedules.. functions borrowed run */
    *run = (dy_run_value){ 0 };
    luaL_setmetatable(L, DY_CLASS_RUN);
    lua_insert(L, first);                   /* run schedules.. functions borrowed */
    lua_setiuservalue(L, first, BORROWED);  /* run schedules.. functions */
    lua_setiuservalue(L, first, FUNCTIONS); /* run schedules.. */
    lua_createtable(L, 0, 4);               /* run schedules.. t */
    lua_setiuservalue(L, first, MOMENT);    /* run schedules.. */
    lua_settop(L, first);                   /* run */
    return run;
}

static dy_pace_frame begin_pace(lua_State *L, int run)
{
    luaL_checkstack(L, 16, "schedule functions");
    lua_getiuservalue(L, run, FUNCTIONS); /* functions */
    lua_getiuservalue(L, run, MOMENT);    /* functions t */
    return dy_pace_begin(L);
}

static void end_pace(lua_State *L, dy_pace_frame frame)
{
    dy_pace_end(L, frame);
    lua_pop(L, 2);
}

/* Tells what is probably not meant in the schedules, at the script's line. */
static void lint(const dy_fields *f, const dy_session *session, const dy_session_spec *spec)
{
    dy_findings found;
    char before[200];
    dy_host *host = dy_host_of(f->L);
    dy_where_push(f->L); /* where */
    int was = dy_lab_enter(host->lab);
    int n = spec->race.lanes;
    double diverges_at = host->rehearsal ? 0 : dy_divergence_of(host, &spec->race);
    for (int i = 0; i < n; i++) {
        snprintf(before, sizeof before, "%s%.60s%s", lua_tostring(f->L, -1),
                 n > 1 ? spec->entrants[i].name : "", n > 1 ? ": " : "");
        dy_lint(&found, &(dy_lint_job){ .spec = spec->entrants[i].schedule,
                                        .plan = dy_session_plan(session, i),
                                        .diverges_at = diverges_at });
        dy_findings_say(host, before, &found, host->rehearsal);
    }
    dy_lab_leave(host->lab, was);
    lua_pop(f->L, 1);
}

static void join_sweep(dy_session_spec *spec, const dy_host *host)
{
    const dy_sweeping *sweeping = host->sweeping;
    if (!sweeping) return;
    spec->sweep = sweeping->sweep;
    spec->point = sweeping->point;
    spec->known = sweeping->known;
    spec->known_self = sweeping->self;
}

/* Only a race that may have to go back keeps its past. */
static void join_replay(dy_session_spec *spec, dy_host *host)
{
    spec->replay = &host->replay;
    if (host->lab->watched || dy_replay_goes_back(&host->replay, spec->number))
        spec->snapshots = host->snapshots;
}

dy_run_value *dy_push_run(const dy_fields *f, int n, const char *const *names, bool own_loop)
{
    lua_State *L = f->L;
    dy_host *host = dy_host_of(L);
    const dy_control *control = dy_board_control(host->lab->board);
    if (host->replay.over || atomic_load_explicit(&control->stop, memory_order_relaxed))
        dy_fields_fail(f, "interrupted");
    dy_entrant entrants[DY_LANES_MAX];
    int first = lua_gettop(L) - n + 1;
    for (int i = 0; i < n; i++)
        entrants[i] = (dy_entrant){ names[i], dy_to_schedule(L, first + i, f,
                                                             n > 1 ? names[i] : "schedule") };
    dy_session_spec spec = read_spec(f);
    if (host->find) dy_find_instead(f, &spec.race);
    spec.entrants = entrants;
    spec.race.lanes = n;
    spec.number = host->races;
    join_sweep(&spec, host);
    join_replay(&spec, host);
    if (dy_fields_has(f, "on_epoch") || own_loop) spec.script = host->text;
    dy_run_value *run = push_closed(f, n); /* run */
    dy_pace_frame frame = begin_pace(L, first);
    dy_error err;
    int was = dy_lab_enter(host->lab);
    bool ok = dy_session_open(&run->session, host->lab, &spec, &err);
    dy_lab_leave(host->lab, was);
    end_pace(L, frame);
    if (!ok) dy_fields_fail(f, "%s", err.text);
    if (!run->session) return run;
    host->races++;
    dy_say_due(host, run->session);
    for (int i = 0; host->rehearsal && i < n; i++)
        dy_caption_send(host->lab->out, dy_session_run(run->session, i).index,
                        entrants[i].schedule, dy_session_plan(run->session, i));
    if (dy_field_bool(f, "lint", true)) lint(f, run->session, &spec);
    return run;
}

void dy_run_close(lua_State *L, dy_run_value *run)
{
    dy_host *host = dy_host_of(L);
    if (run->session) dy_keep_weights(host, run->session);
    if (host->session == run->session) host->session = NULL;
    dy_session_close(run->session);
    run->session = NULL;
}

/* Tells the desk of a lane that failed while others go on. */
static void report_failure(dy_host *host, const dy_error *err)
{
    host->failed = true;
    dy_message_send(host->lab->out, DY_MESSAGE_ERROR, err->text, strlen(err->text));
}

/* A schedule's failure names the function's place already; the line that trains follows in the traceback. */
_Noreturn static void throw_as_is(lua_State *L, const dy_error *err)
{
    lua_pushstring(L, err->text);
    lua_error(L);
    __builtin_unreachable();
}

void dy_run_step(lua_State *L, int index)
{
    dy_run_value *run = lua_touserdata(L, index);
    dy_host *host = dy_host_of(L);
    dy_pace_frame frame = begin_pace(L, index);
    dy_error err;
    host->session = run->session;
    run->stepping = true;
    bool ok = dy_session_step(run->session, &err);
    run->stepping = false;
    end_pace(L, frame);
    if (host->n_sayings > 0 && dy_session_led(run->session)) dy_say_due(host, run->session);
    if (ok) return;
    if (!dy_session_more(run->session)) throw_as_is(L, &err);
    report_failure(dy_host_of(L), &err);
}
