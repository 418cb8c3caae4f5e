/* acts.c - what each order does.
 *
 * An edit is written before the act: what cannot be recorded is not done, or a replay would miss it.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "lab/message.h"
#include "lab/session_inside.h"

/* --- writing down ---------------------------------------------------------------------------------------------- */

static bool refuse(const dy_session *session, const dy_order *order, const char *why)
{
    dy_message_say(session->lab->out, DY_MESSAGE_WARN, "%s: %s", dy_act_name(order->act), why);
    return false;
}

/* `lane` may be DY_EVERY_LANE. */
static bool write_edit_of(const dy_session *session, const dy_asked *a, int lane, int32_t run)
{
    bool one = lane != DY_EVERY_LANE;
    dy_order edit = a->order;
    edit.race = session->number;
    edit.lane = lane;
    edit.run = run;
    edit.step = one ? dy_lane_len(&session->lane[lane]) : session->updates;
    edit.moment = session->moment;
    return dy_board_edit(session->lab->board, &edit, a->bytes, a->n) ||
           refuse(session, &a->order, "there is no room left to record it");
}

static bool write_edit(const dy_session *session, const dy_asked *a, int lane)
{
    return write_edit_of(session, a, lane,
                         lane == DY_EVERY_LANE ? -1 : session->lane[lane].run.index);
}

static bool write_fork(const dy_session *session, const dy_asked *a)
{
    return write_edit_of(session, a, a->order.lane, session->branch[session->lanes].index);
}

static bool write_cool(const dy_session *session, const dy_asked *a)
{
    return write_edit_of(session, a, a->order.lane, session->beginning->run.index);
}

void dy_act_record_end(dy_session *session)
{
    const dy_asked a = { .order = { .act = DY_ACT_STOP } };
    write_edit(session, &a, DY_EVERY_LANE);
}

/* --- acts ------------------------------------------------------------------------------------------------------ */

static void pause_race(dy_session *session, const dy_asked *a)
{
    if (session->steering.paused || session->running == 0 ||
        !write_edit(session, a, DY_EVERY_LANE))
        return;
    session->steering.paused = !a->cue;
    session->steering.advance = 0;
}

static void go_on(dy_session *session, const dy_asked *a)
{
    dy_steering *s = &session->steering;
    bool waits = s->paused || s->advance > 0 || session->running == 0;
    if ((!waits && !a->cue) || !write_edit(session, a, DY_EVERY_LANE)) return;
    s->let_go = session->running == 0;
    s->paused = false;
    s->advance = 0;
}

static void advance(dy_session *session, const dy_asked *a)
{
    if (a->order.count < 1) {
        refuse(session, &a->order, "want at least one update");
        return;
    }
    if (!write_edit(session, a, DY_EVERY_LANE)) return;
    session->steering.paused = false;
    session->steering.advance = a->cue ? 0 : a->order.count;
}

static void limit_speed(dy_session *session, const dy_asked *a)
{
    if (!(a->order.value >= 0)) {
        refuse(session, &a->order, "want updates a second, or 0 for no limit");
        return;
    }
    if (!write_edit(session, a, DY_EVERY_LANE)) return;
    session->steering.per_second = a->cue ? 0 : a->order.value;
    session->steering.due = dy_now_s();
}

static void stop_lane(dy_session *session, const dy_asked *a, int lane)
{
    if (write_edit(session, a, lane)) dy_lane_end(session, lane, DY_STOPPED);
}

static void bend_lane(dy_session *session, const dy_asked *a, int lane)
{
    dy_lane *l = &session->lane[lane];
    dy_channel channel = a->order.channel;
    dy_bends before = l->bends;
    dy_error err;
    if (!dy_bends_add(&l->bends, channel, dy_lane_len(l), session->steps, a->bytes, a->n,
                      &err)) {
        dy_fail_in(&err, "%s", l->run.card->name);
        refuse(session, &a->order, err.text);
        return;
    }
    if (!write_edit(session, a, lane)) {
        l->bends.newest = before.newest;
        return;
    }
    dy_lane_follow(l);
    dy_ghost_show_channel(session, lane, channel);
}

static bool check_lane(const dy_session *session, const dy_order *order)
{
    bool there = order->lane >= 0 && order->lane < session->lanes;
    return there || refuse(session, order, "the race has no such lane");
}

static void for_lanes(dy_session *session, const dy_asked *a,
                      void (*act)(dy_session *session, const dy_asked *a, int lane))
{
    int32_t only = a->order.lane;
    if (only != DY_EVERY_LANE && !check_lane(session, &a->order)) return;
    bool any = false;
    for (int i = 0; i < session->lanes; i++) {
        if ((only != DY_EVERY_LANE && i != only) || !dy_lane_running(&session->lane[i]))
            continue;
        act(session, a, i);
        any = true;
    }
    if (!any) refuse(session, &a->order, "the lane is over");
}

static void rewind_race(dy_session *session, const dy_asked *a)
{
    int64_t until = a->order.count;
    dy_error err;
    if (!dy_branch_place_rewind(session, until, &err))
        refuse(session, &a->order, err.text);
    else if (write_edit(session, a, DY_EVERY_LANE))
        dy_branch_rewind(session, until);
    else
        dy_branch_give_up(session, "");
}

/* The race waits then, so that a person can say how the fork is to differ. */
static void fork_lane(dy_session *session, const dy_asked *a)
{
    int64_t until = a->order.count;
    dy_error err;
    if (!check_lane(session, &a->order)) return;
    if (!dy_branch_place_fork(session, a->order.lane, until, &err)) {
        refuse(session, &a->order, err.text);
        return;
    }
    if (!write_fork(session, a)) {
        dy_branch_give_up(session, "");
        return;
    }
    dy_branch_fork(session, a->order.lane, until);
    if (a->cue) return;
    session->steering.paused = true;
    session->steering.advance = 0;
}

/* From where the lane's tape ends; a stop on the way there comes first. */
static void cool_lane(dy_session *session, const dy_asked *a)
{
    dy_error err;
    if (!check_lane(session, &a->order)) return;
    while (dy_past_behind(session) && !dy_session_stopped(session)) dy_past_retrace(session);
    if (dy_session_stopped(session)) return;
    if (!dy_aside_place(session, a->order.lane, a->order.count, &err))
        refuse(session, &a->order, err.text);
    else if (write_cool(session, a))
        dy_aside_begin(session, a->order.lane);
    else
        dy_aside_give_up(session, "");
}

void dy_act_carry_out(dy_session *session, const dy_asked *a)
{
    switch (a->order.act) {
    case DY_ACT_PAUSE: pause_race(session, a); break;
    case DY_ACT_GO: go_on(session, a); break;
    case DY_ACT_ADVANCE: advance(session, a); break;
    case DY_ACT_SPEED: limit_speed(session, a); break;
    case DY_ACT_STOP: for_lanes(session, a, stop_lane); break;
    case DY_ACT_BEND: for_lanes(session, a, bend_lane); break;
    case DY_ACT_REWIND: rewind_race(session, a); break;
    case DY_ACT_FORK: fork_lane(session, a); break;
    case DY_ACT_COOL: cool_lane(session, a); break;
    default: refuse(session, &a->order, "not an order"); break;
    }
}
