/* branch.c - rewind and fork: a new run on the board that shares its first updates with another.
 *
 * The new run's tape begins as a copy of the other's; its lane takes up the nearest state that is kept, and is then behind
 * its own tape (see past.c). The run that was left, and what it came to, stay as they are.
 *
 * SPDX-License-Identifier: MIT */
#include "lab/session_inside.h"

#include <stdio.h>

/* --- a run that begins as another ------------------------------------------------------------------------------ */

static void copy_marks(const dy_session *session, const dy_run_view *from,
                       const dy_run_view *to, int64_t until)
{
    dy_board *board = session->lab->board;
    int64_t n = dy_board_marks(board, from->index);
    for (int64_t i = 0; i < n; i++) {
        const dy_mark *mark = &from->marks[i];
        if (mark->step > until) continue;
        dy_board_mark(board, to->index, mark);
        if (mark->kind != DY_MARK_SCORE) continue;
        to->outcome->test_loss = mark->loss;
        to->outcome->test_accuracy = mark->accuracy;
    }
}

static void copy_gauges(const dy_session *session, const dy_run_view *from,
                        const dy_run_view *to, int64_t until)
{
    dy_board *board = session->lab->board;
    int64_t n = dy_board_gauges(board, from->index);
    for (int64_t i = 0; i < n && from->gauges[i].step < until; i++)
        dy_board_gauge(board, to->index, &from->gauges[i]);
}

bool dy_branch_begin(dy_session *session, const dy_run_view *from, const dy_card *card,
                     dy_run_view *run, dy_error *err)
{
    if (!dy_lane_place(session, card, run, err)) return false;
    for (int64_t i = 0; i < card->from; i++)
        dy_tape_push(run->tape, dy_tape_sample(from->tape, i));
    copy_marks(session, from, run, card->from);
    copy_gauges(session, from, run, card->from);
    return true;
}

/* A place on the board for the lane's next run, which shares the first `until` updates with that of its parent. */
static bool place(dy_session *session, int parent, int lane, int64_t until, dy_error *err)
{
    const dy_run_view *from = &session->lane[parent].run;
    dy_run_view *run = &session->branch[lane];
    dy_card card = *from->card;
    snprintf(card.name, sizeof card.name, "%s", session->lane[parent].name);
    card.lane = lane;
    card.branched = true;
    card.parent = from->index;
    card.from = until;
    if (dy_branch_begin(session, from, &card, run, err)) return true;
    run->outcome = NULL;
    return false;
}

void dy_branch_give_up(dy_session *session, const char *why)
{
    for (int i = 0; i < session->room; i++) {
        dy_run_view *run = &session->branch[i];
        if (!run->outcome) continue;
        snprintf(run->outcome->why, sizeof run->outcome->why, "%s", why);
        atomic_store_explicit(&run->outcome->status, DY_FAILED, memory_order_release);
        run->outcome = NULL;
    }
}

/* Whether the lane can go on from its update `until`, as far as the script has not set its weights since. */
static bool check_floor(const dy_session *session, int i, int64_t until, dy_error *err)
{
    const dy_lane *lane = &session->lane[i];
    int64_t floor = lane->floor, at;
    if (floor < 0) return true;
    if (dy_snapshots_nearest(&session->snapshots, i, until, &at)) return true;
    return dy_fail(err,
                   "the script set the weights at update %lld; there is no way back before it",
                   (long long)floor);
}

/* The lane goes on from its update `until`, as `like` would; its run is that on the board. */
static void set_out(dy_session *session, int i, int like, int64_t until)
{
    dy_lane *lane = &session->lane[i];
    lane->run = session->branch[i];
    session->branch[i].outcome = NULL;
    session->running++;
    dy_snapshots_cut(&session->snapshots, i, until);
    dy_lane_follow(lane);
    dy_past_restore(session, i, like, until);
    dy_ghost_show(session, i);
}

/* --- rewind ---------------------------------------------------------------------------------------------------- */

static bool goes_back(const dy_session *session, int i, int64_t until)
{
    return dy_lane_len(&session->lane[i]) > until;
}

static bool check_rewind(const dy_session *session, int64_t until, dy_error *err)
{
    bool any = false;
    if (until < 0) return dy_fail(err, "want an update of the past, from 0");
    for (int i = 0; i < session->lanes; i++) {
        if (!goes_back(session, i, until)) continue;
        if (!check_floor(session, i, until, err)) return false;
        any = true;
    }
    return any || dy_fail(err, "the race has not come past update %lld", (long long)until);
}

bool dy_branch_place_rewind(dy_session *session, int64_t until, dy_error *err)
{
    if (!check_rewind(session, until, err)) return false;
    for (int i = 0; i < session->lanes; i++) {
        if (!goes_back(session, i, until)) continue;
        if (place(session, i, i, until, err)) continue;
        dy_branch_give_up(session, err->text);
        return false;
    }
    return true;
}

void dy_branch_rewind(dy_session *session, int64_t until)
{
    for (int i = 0; i < session->lanes; i++) {
        dy_lane *lane = &session->lane[i];
        if (!session->branch[i].outcome) continue;
        if (dy_lane_running(lane)) dy_lane_end(session, i, DY_STOPPED);
        dy_bends_cut(&lane->bends, until);
        set_out(session, i, i, until);
    }
    dy_session_count_updates(session, 0);
}

/* --- fork ------------------------------------------------------------------------------------------------------ */

static bool check_fork(const dy_session *session, int i, int64_t until, dy_error *err)
{
    const dy_lane *lane = &session->lane[i];
    int64_t most = dy_lane_len(lane);
    if (atomic_load_explicit(&lane->run.outcome->status, memory_order_relaxed) == DY_DIVERGED)
        most--; /* its last update was none */
    if (until < 0 || until > most)
        return dy_fail(err, "%s: want an update that it has made, 0 to %lld",
                       lane->run.card->name, (long long)most);
    if (until == session->steps)
        return dy_fail(err, "%s: nothing is left to do after its last update",
                       lane->run.card->name);
    if (session->lanes == session->room)
        return dy_fail(err, "no more than %d forks in a race", DY_BRANCHES);
    return check_floor(session, i, until, err);
}

/* What a person did to the parent up to there holds for the fork. */
static bool copy_lane(dy_session *session, const dy_lane *parent, int64_t until, dy_error *err)
{
    dy_lane *fork = &session->lane[session->lanes];
    *fork = *parent;
    fork->pacer.plan = &fork->plan;
    fork->bends = dy_bends_make();
    if (dy_bends_copy(&fork->bends, &parent->bends, until, err) &&
        dy_race_add(session->race, &fork->place, err))
        return true;
    dy_bends_close(&fork->bends);
    return false;
}

bool dy_branch_place_fork(dy_session *session, int i, int64_t until, dy_error *err)
{
    if (!check_fork(session, i, until, err) || !place(session, i, session->lanes, until, err))
        return false;
    if (copy_lane(session, &session->lane[i], until, err)) return true;
    dy_branch_give_up(session, err->text);
    return false;
}

void dy_branch_fork(dy_session *session, int i, int64_t until)
{
    int fork = session->lanes++;
    const dy_lane *parent = &session->lane[i];
    bool there = until == dy_race_at(session->race, parent->place);
    if (there && dy_lane_running(parent)) dy_past_keep_lane(session, i);
    set_out(session, fork, i, until);
    dy_snapshots_copy(&session->snapshots, i, fork, until);
    dy_session_count_updates(session, session->updates);
}
