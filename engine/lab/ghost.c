/* ghost.c - what a lane is going to do, written on the board for whoever draws it ahead.   SPDX-License-Identifier: MIT */
#include "lab/session_inside.h"
#include "schedule/curve_pack.h"

#include <math.h>

/* A function of the script's is asked at so many updates at most; and what takes more bytes than that to say exactly is
 * said at so many points. */
enum { ASKED_MOST = 1024, POINTS_MOST = 4096, BYTES_MOST = 1 << 18 };

/* Points of a channel ahead, evenly apart, the first and the last update among them. */
typedef struct points {
    dy_key *keys;
    int64_t n;
} points;

static bool take_points(points *p, dy_arena *arena, int64_t n, dy_error *err)
{
    p->keys = dy_arena_take(arena, n, sizeof *p->keys, err);
    return p->keys != NULL;
}

static int64_t points_in(int64_t updates, int64_t most)
{
    return updates < most ? updates : most;
}

/* The i-th of n points from `from` to `last`. */
static int64_t point_at(int64_t i, int64_t n, int64_t from, int64_t last)
{
    return n > 1 ? from + (int64_t)round((double)i * (double)(last - from) / (double)(n - 1))
                 : from;
}

static void add_point(points *p, int64_t step, double value)
{
    p->keys[p->n++] = (dy_key){ (double)step, value, { .kind = DY_EASE_LINEAR } };
}

/* curve: NULL for "nobody can say". */
static void write_for(const dy_session *session, int lane, const dy_run_view *run,
                      dy_channel channel, const dy_curve *curve)
{
    dy_order edit = { .act = DY_ACT_PLAN,
                      .race = session->number,
                      .lane = lane,
                      .run = run->index,
                      .channel = channel,
                      .step = dy_tape_len(run->tape),
                      .moment = session->moment };
    dy_arena scratch = dy_arena_make(0);
    dy_error err;
    size_t size = curve ? dy_curve_packed(curve) : 0;
    void *bytes = size > 0 ? dy_arena_take(&scratch, (int64_t)size, 1, &err) : NULL;
    if (bytes) dy_curve_pack(curve, bytes);
    if (bytes || size == 0) dy_board_edit(session->lab->board, &edit, bytes, size);
    dy_arena_close(&scratch);
}

static void write(const dy_session *session, int i, dy_channel channel, const dy_curve *curve)
{
    write_for(session, i, &session->lane[i].run, channel, curve);
}

static void write_points(const dy_session *session, int i, dy_channel channel, const points *p,
                         dy_arena *scratch)
{
    dy_curve curve;
    dy_error err;
    bool made = p->n > 0 && dy_curve_keys(&curve, scratch, p->keys, p->n, &err);
    write(session, i, channel, made ? &curve : NULL);
}

/* As it is where that is not too much to say. */
static void write_curve(const dy_session *session, int i, dy_channel channel,
                        const dy_curve *curve)
{
    if (dy_curve_packed(curve) <= BYTES_MOST) {
        write(session, i, channel, curve);
        return;
    }
    dy_arena scratch = dy_arena_make(0);
    dy_error err;
    points p = { 0 };
    int64_t from = dy_lane_len(&session->lane[i]), last = session->steps - 1;
    int64_t n = points_in(session->steps - from, POINTS_MOST);
    if (n > 0 && take_points(&p, &scratch, n, &err)) {
        for (int64_t k = 0; k < n; k++) {
            int64_t step = point_at(k, n, from, last);
            add_point(&p, step, dy_curve_at(curve, (double)step));
        }
        write_points(session, i, channel, &p, &scratch);
    }
    dy_arena_close(&scratch);
}

static void write_constant(const dy_session *session, int i, dy_channel channel, double value)
{
    dy_arena scratch = dy_arena_make(0);
    dy_error err;
    dy_curve curve;
    if (dy_curve_constant(&curve, &scratch, value, &err)) write(session, i, channel, &curve);
    dy_arena_close(&scratch);
}

/* The function is asked up to where it fails: should it come to that, the update will say why. */
static void write_function(const dy_session *session, int i, const bool shown[2])
{
    const dy_lane *lane = &session->lane[i];
    dy_arena scratch = dy_arena_make(0);
    dy_error err;
    points lr = { 0 }, momentum = { 0 };
    int64_t from = dy_lane_len(lane), last = session->steps - 1;
    int64_t n = points_in(session->steps - from, ASKED_MOST);
    dy_pace pace;
    dy_pacer pacer = lane->pacer;
    pacer.ahead = true;
    bool ok = n > 0 && take_points(&lr, &scratch, n, &err) &&
              take_points(&momentum, &scratch, n, &err);
    for (int64_t k = 0; ok && k < n; k++) {
        int64_t step = point_at(k, n, from, last);
        if (!dy_pacer_at(&pacer, step, &pace, &err)) break;
        add_point(&lr, step, pace.lr);
        add_point(&momentum, step, pace.momentum);
    }
    if (shown[DY_LR]) write_points(session, i, DY_LR, &lr, &scratch);
    if (shown[DY_MOMENTUM]) write_points(session, i, DY_MOMENTUM, &momentum, &scratch);
    dy_arena_close(&scratch);
}

/* Feedback moves lr from the lane's next update on, or will. */
static bool depends_on_loss(const dy_lane *lane)
{
    const dy_plan *plan = lane->pacer.plan;
    for (int32_t i = 0; i < plan->n_feedbacks; i++)
        if (plan->feedback[i].until > dy_lane_len(lane)) return true;
    return false;
}

static void write_planned(const dy_session *session, int i, dy_channel channel)
{
    const dy_plan *plan = session->lane[i].pacer.plan;
    const dy_curve *curve = channel == DY_LR ? &plan->lr : &plan->momentum;
    if (channel == DY_LR && depends_on_loss(&session->lane[i]))
        write(session, i, channel, NULL);
    else if (curve->n_nodes > 0)
        write_curve(session, i, channel, curve);
    else
        write_constant(session, i, channel, session->lane[i].pacer.momentum);
}

static void show(const dy_session *session, int i, const bool wanted[2])
{
    const dy_lane *lane = &session->lane[i];
    bool asked[2] = { false, false };
    for (int channel = DY_LR; channel <= DY_MOMENTUM; channel++) {
        if (!wanted[channel]) continue;
        const dy_curve *bent = dy_bends_curve(&lane->bends, (dy_channel)channel);
        if (bent)
            write_curve(session, i, (dy_channel)channel, bent);
        else if (lane->pacer.plan->call)
            asked[channel] = session->lab->watched;
        else
            write_planned(session, i, (dy_channel)channel);
    }
    if (asked[DY_LR] || asked[DY_MOMENTUM]) write_function(session, i, asked);
}

void dy_ghost_show(dy_session *session, int lane)
{
    show(session, lane, (const bool[2]){ true, true });
}

void dy_ghost_show_channel(dy_session *session, int lane, dy_channel channel)
{
    show(session, lane, (const bool[2]){ channel == DY_LR, channel == DY_MOMENTUM });
}

void dy_ghost_show_aside(dy_session *session, int lane, const dy_aside *aside)
{
    dy_arena scratch = dy_arena_make(0);
    dy_error err;
    dy_curve lr, momentum;
    dy_key line[] = { { (double)aside->from, aside->lr, { 0 } },
                      { (double)(aside->until - 1), 0, { .kind = DY_EASE_LINEAR } } };
    bool longer = aside->until - 1 > aside->from;
    if (dy_curve_keys(&lr, &scratch, longer ? line : line + 1, longer ? 2 : 1, &err) &&
        dy_curve_constant(&momentum, &scratch, aside->momentum, &err)) {
        write_for(session, lane, &aside->run, DY_LR, &lr);
        write_for(session, lane, &aside->run, DY_MOMENTUM, &momentum);
    }
    dy_arena_close(&scratch);
}
