/* session_open.c - everything that a session needs is taken here; what can fail, fails here.   SPDX-License-Identifier: MIT */
#include "lab/card.h"
#include "lab/identity.h"
#include "lab/session_inside.h"

#include <math.h>
#include <stdio.h>

static int64_t steps_of(const dy_session_spec *spec, int64_t epoch_steps)
{
    if (spec->steps > 0) return spec->steps;
    double steps = ceil(spec->epochs * (double)epoch_steps - 1e-9);
    return steps < 1 ? 1 : (int64_t)steps;
}

static dy_card card_of(const dy_session_spec *spec, const dy_session *session, int i)
{
    dy_card card = dy_card_make(&spec->race);
    card.steps = session->steps;
    card.epoch_steps = session->epoch_steps;
    card.race = spec->number;
    card.lane = i;
    card.aside = spec->aside;
    snprintf(card.sweep, sizeof card.sweep, "%s", spec->sweep ? spec->sweep : "");
    snprintf(card.point, sizeof card.point, "%s", spec->point ? spec->point : "");
    snprintf(card.name, sizeof card.name, "%s", spec->entrants[i].name);
    FILE *out = fmemopen(card.schedule, sizeof card.schedule - 1, "w");
    if (out) {
        dy_spec_print(spec->entrants[i].schedule, out);
        fclose(out);
    }
    return card;
}

/* Scores, and room for what is said. A score too many is not kept: the curve has its tape. */
static int64_t marks_of(const dy_session *session)
{
    enum { NOTES = 256, SCORES_MOST = 1 << 20 };

    int64_t scores = session->eval_every > 0 ? session->steps / session->eval_every : 0;
    return NOTES + (scores < SCORES_MOST ? scores : SCORES_MOST);
}

static bool open_lane(dy_session *session, const dy_session_spec *spec, int i, dy_error *err)
{
    dy_lane *lane = &session->lane[i];
    dy_span span = { session->steps, session->epoch_steps };
    bool ok =
        dy_spec_resolve(spec->entrants[i].schedule, span, &lane->plan, &session->arena, err);
    if (!ok && session->lanes > 1) return dy_fail_in(err, "%s", spec->entrants[i].name);
    if (!ok) return false;
    lane->pacer = dy_pacer_make(&lane->plan, spec->race.optim.momentum);
    lane->bends = dy_bends_make();
    lane->name = dy_arena_text(&session->arena, spec->entrants[i].name, err);
    lane->place = i;
    lane->floor = -1;
    return lane->name != NULL;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Measuring goes over the weights three times, an update about as many times as a batch has rows; so that it costs less than a
 * hundredth, it is seldom where batches are small. Such that the board has room for all; for nobody nothing is measured. */
static int64_t gauge_every(const dy_session *session)
{
    const int64_t rows = 3072, seldom = 256;
    if (!session->lab->watched || session->aside) return 0;
    int64_t cheap = rows / session->batch < seldom ? rows / session->batch : seldom;
    int64_t fit = session->steps / (DY_GAUGES_MOST - 1) + 1;
    return most(DY_GAUGE_EVERY, most(cheap, fit));
}

static bool take_lanes(dy_session *session, dy_error *err)
{
    dy_arena *arena = &session->arena;
    int n = session->room, places = session->places;
    return (session->lane = dy_arena_take(arena, n, sizeof *session->lane, err)) &&
           (session->branch = dy_arena_take(arena, n, sizeof *session->branch, err)) &&
           (session->due = dy_arena_take(arena, places, sizeof *session->due, err)) &&
           (session->pace = dy_arena_take(arena, places, sizeof *session->pace, err)) &&
           (session->loss = dy_arena_take(arena, places, sizeof *session->loss, err)) &&
           (session->motion = dy_arena_take(arena, places, sizeof *session->motion, err));
}

static bool open_race(dy_session *session, const dy_session_spec *spec, dy_error *err)
{
    dy_race_spec race = spec->race;
    race.branches = session->places - race.lanes;
    return dy_race_open(&session->race, &race, spec->memory_limit, err);
}

/* Everything that can fail, but for taking places on the board. */
static bool prepare(dy_session *session, const dy_session_spec *spec, dy_error *err)
{
    if (!open_race(session, spec, err)) return false;
    session->epoch_steps = dy_race_epoch_steps(session->race);
    session->steps = steps_of(spec, session->epoch_steps);
    int64_t epochs = spec->eval_epochs > 0 ? spec->eval_epochs : 1;
    session->eval_every =
        spec->eval_every == 0 ? epochs * session->epoch_steps : spec->eval_every;
    session->gauge_every = gauge_every(session);
    if (!take_lanes(session, err)) return false;
    for (int i = 0; i < session->lanes; i++)
        if (!open_lane(session, spec, i, err)) return false;
    return dy_portrait_open(session, err) &&
           dy_snapshots_open(&session->snapshots, &session->arena, dy_past_size(session),
                             spec->snapshots, session->room, err);
}

bool dy_lane_place(const dy_session *session, const dy_card *card, dy_run_view *run,
                   dy_error *err)
{
    if (!dy_board_add(session->lab->board, card, marks_of(session), run, err)) return false;
    dy_outcome *outcome = run->outcome;
    outcome->train_loss = outcome->test_loss = outcome->test_accuracy = NAN;
    return true;
}

static bool take_places(dy_session *session, const dy_session_spec *spec, dy_error *err)
{
    for (int i = 0; i < session->lanes; i++) {
        dy_card card = card_of(spec, session, i);
        if (!dy_lane_place(session, &card, &session->lane[i].run, err)) return false;
        session->running++;
    }
    return true;
}

/* A schedule that fails later on has no id, and is run to see why. */
static bool is_known(dy_session *session, const dy_session_spec *spec)
{
    char id[DY_ID_DIGITS + 1];
    if (!spec->known) return false;
    session->stepping = true;
    bool named = dy_lane_identify(session, &session->lane[0], id);
    session->stepping = false;
    return named && spec->known(spec->known_self, id);
}

bool dy_session_open(dy_session **session, dy_lab *lab, const dy_session_spec *spec,
                     dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_session *made = dy_arena_take(&arena, 1, sizeof *made, err);
    if (!made) return false;
    *made =
        (dy_session){ .arena = arena,
                      .lab = lab,
                      .data = spec->race.data,
                      .model = spec->race.model,
                      .batch = spec->race.batch,
                      .script = spec->script,
                      .number = spec->number,
                      .aside = spec->aside,
                      .lanes = spec->race.lanes,
                      .room = spec->race.lanes + (spec->aside ? 0 : DY_BRANCHES),
                      .places = spec->race.lanes + (spec->aside ? 0 : DY_BRANCHES + DY_ASIDES),
                      .steering = { .orders = dy_board_orders(lab->board),
                                    .replay = spec->replay } };
    *session = NULL;
    bool ok = prepare(made, spec, err);
    if (ok && is_known(made, spec)) {
        dy_session_close(made);
        return true;
    }
    if (!ok || !take_places(made, spec, err)) {
        dy_session_fail(made, err->text); /* those that have a place already */
        dy_session_close(made);
        return false;
    }
    dy_arena_seal(&made->arena);
    for (int i = 0; i < made->lanes; i++) dy_ghost_show(made, i);
    *session = made;
    return true;
}
