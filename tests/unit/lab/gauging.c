/* gauging.c - what is measured for whoever watches: where, that it goes along with a branch, and that it moves no bit.
 *
 * SPDX-License-Identifier: MIT */
#include "branching.h"

#include <criterion/criterion.h>
#include <math.h>

enum { EVERY = 3072 / 16 }; /* of batches of 16 */

TestSuite(gauging, .init = open_racing, .fini = close_racing);

static dy_session *open_watched(int64_t steps, bool watched)
{
    static dy_spec plans[2];
    static struct setting s;
    static int32_t opened;
    plans[0] = one_cycle();
    plans[1] = constant(0.05);
    lab.watched = watched;
    make_setting(&s, 2, plans)->spec.steps = steps;
    s.spec.number = opened++;
    return open_session(&s);
}

Test(gauging, every_so_many_updates_for_whoever_watches)
{
    dy_session *session = open_watched(1000, true);
    run_out(session);
    for (int lane = 0; lane < 2; lane++) {
        dy_run_view run = dy_session_run(session, lane);
        int64_t n = dy_board_gauges(lab.board, run.index);
        cr_assert_eq(n, 999 / EVERY + 1);
        for (int64_t i = 0; i < n; i++) {
            cr_expect_eq(run.gauges[i].step, i * EVERY);
            cr_expect(isfinite(run.gauges[i].gradient_norm) && run.gauges[i].gradient_norm > 0);
            cr_expect(run.gauges[i].update_ratio > 0 && run.gauges[i].update_ratio < 1);
        }
    }
    dy_run_view seen = dy_session_run(session, 0);
    dy_session_close(session);
    session = open_watched(1000, false);
    run_out(session);
    dy_run_view unseen = dy_session_run(session, 0);
    cr_expect_eq(dy_board_gauges(lab.board, unseen.index), 0, "nobody looks");
    same_run(&seen, &unseen);
    dy_session_close(session);
}

Test(gauging, a_long_run_has_room_for_all)
{
    dy_session *session = open_watched(200000, true);
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    int64_t n = dy_board_gauges(lab.board, run.index);
    cr_assert(n > DY_GAUGES_MOST / 8 && n <= DY_GAUGES_MOST, "%d", (int)n);
    cr_expect_gt(run.gauges[n - 1].step, 200000 - 400);
    dy_session_close(session);
}

Test(gauging, a_branch_has_those_of_what_it_shares)
{
    dy_session *session = open_watched(1000, true);
    step(session, 900);
    dy_run_view old = dy_session_run(session, 0);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 500, 0);
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    int64_t n = dy_board_gauges(lab.board, run.index);
    cr_assert_eq(n, 999 / EVERY + 1);
    for (int64_t i = 0; i < n; i++) {
        cr_expect_eq(run.gauges[i].step, i * EVERY);
        if (i < dy_board_gauges(lab.board, old.index))
            cr_expect(run.gauges[i].update_ratio == old.gauges[i].update_ratio);
    }
    dy_session_close(session);
}
