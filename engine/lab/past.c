/* past.c - states of lanes that are kept, and the way from one of them to any later update.
 *
 * The way is made with the lr and the momentum that the tape holds, so what comes out is the same bits as before; that its losses
 * are, is checked. Neither how many states are kept nor when changes anything but how long it takes.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "lab/session_inside.h"

#include <math.h>
#include <string.h>

static const double share = 0.01; /* of the training time, for keeping states */

/* What decides a lane's future beside its schedule and its network. The network's state follows. */
struct head {
    double epoch_loss;
    int64_t epoch_updates;
    int32_t following;
    dy_feedback feedback;
};

int64_t dy_past_size(const dy_session *session)
{
    enum { LINE = 64 };

    size_t size = sizeof(struct head) + dy_race_state_size(session->race);
    return (int64_t)((size + LINE - 1) / LINE * LINE);
}

void dy_past_keep_lane(dy_session *session, int i)
{
    const dy_lane *lane = &session->lane[i];
    int64_t at = dy_race_at(session->race, lane->place);
    char *bytes = dy_snapshots_add(&session->snapshots, i, at);
    if (!bytes) return;
    struct head head = { lane->epoch_loss, lane->epoch_updates, lane->pacer.following,
                         lane->pacer.feedback };
    memcpy(bytes, &head, sizeof head);
    dy_race_save(session->race, lane->place, bytes + sizeof head);
}

void dy_past_keep(dy_session *session)
{
    const int64_t at_first = 16; /* updates, to know how long one takes */
    if (session->moment < session->next_snapshot || session->snapshots.room == 0) return;
    if (session->moment < at_first) return;
    double start = dy_now_s();
    for (int i = 0; i < session->lanes; i++)
        if (dy_lane_running(&session->lane[i]) && session->due[session->lane[i].place])
            dy_past_keep_lane(session, i);
    double cost = dy_now_s() - start;
    double update = session->seconds / (double)session->moment;
    double apart = update > 0 ? cost / (share * update) : 1;
    session->next_snapshot = session->moment + 1 + (int64_t)fmin(apart, 1e6);
}

/* The state that every lane begins with. */
static void restart(dy_session *session, dy_lane *lane)
{
    lane->epoch_loss = 0;
    lane->epoch_updates = 0;
    lane->pacer.following = -1;
    dy_race_restart(session->race, lane->place);
}

void dy_past_restore(dy_session *session, int i, int like, int64_t until)
{
    dy_lane *lane = &session->lane[i];
    int64_t at;
    const char *bytes = dy_snapshots_nearest(&session->snapshots, like, until, &at);
    if (!bytes) {
        restart(session, lane);
        return;
    }
    struct head head;
    memcpy(&head, bytes, sizeof head);
    lane->epoch_loss = head.epoch_loss;
    lane->epoch_updates = head.epoch_updates;
    lane->pacer.following = head.following;
    lane->pacer.feedback = head.feedback;
    dy_race_restore(session->race, lane->place, bytes + sizeof head);
}

static bool behind(const dy_session *session, const dy_lane *lane)
{
    return dy_lane_running(lane) && dy_race_at(session->race, lane->place) < dy_lane_len(lane);
}

bool dy_past_behind(const dy_session *session)
{
    for (int i = 0; i < session->lanes; i++)
        if (behind(session, &session->lane[i])) return true;
    return false;
}

/* Marks as due the lanes furthest behind, and says at which update they are. */
static int64_t choose(dy_session *session)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        int64_t at = dy_race_at(session->race, lane->place);
        if (behind(session, lane) && at < least) least = at;
    }
    for (int i = 0; i < session->places; i++) session->due[i] = false;
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        int64_t at = dy_race_at(session->race, lane->place);
        session->due[lane->place] = behind(session, lane) && at == least;
        if (!session->due[lane->place]) continue;
        dy_sample was = dy_tape_sample(lane->run.tape, at);
        session->pace[lane->place] = (dy_pace){ was.lr, was.momentum };
    }
    return least;
}

static void settle(dy_session *session, int i, int64_t update)
{
    dy_lane *lane = &session->lane[i];
    double loss = session->loss[lane->place];
    if ((float)loss != dy_tape_sample(lane->run.tape, update).loss) {
        dy_lane_finish(session, i, DY_FAILED,
                       "an update came out otherwise when it was made again");
        return;
    }
    dy_lane_count_loss(lane, loss);
    if (dy_lane_score_due(session, update + 1)) dy_lane_score(session, i, true);
    if (update + 1 == dy_lane_len(lane)) dy_past_keep_lane(session, i);
}

void dy_past_retrace(dy_session *session)
{
    int64_t update = choose(session);
    dy_race_step_some(session->race, session->due, session->pace, session->loss, NULL);
    for (int i = 0; i < session->lanes; i++)
        if (session->due[session->lane[i].place]) settle(session, i, update);
}
