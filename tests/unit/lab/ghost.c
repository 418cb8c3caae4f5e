/* ghost.c - what the board says that a lane is going to do.
 *
 * SPDX-License-Identifier: MIT */
#include "ordering.h"

#include <criterion/criterion.h>

TestSuite(ghost, .init = open_racing, .fini = close_racing);

Test(ghost, the_board_says_what_a_recipe_will_do_exactly)
{
    dy_session *session = open_race(2);
    dy_arena arena = dy_arena_make(0);
    dy_curve lr, momentum, constant_lr, own;
    cr_assert(ghost_of(0, DY_LR, &lr, &arena) && ghost_of(0, DY_MOMENTUM, &momentum, &arena));
    cr_assert(ghost_of(1, DY_LR, &constant_lr, &arena) &&
              ghost_of(1, DY_MOMENTUM, &own, &arena));
    run_out(session);
    for (int64_t i = 0; i < 25; i++) {
        double at = (double)i;
        cr_expect(dy_tape_at(tape_of(session, 0), DY_LR, i) == dy_curve_at(&lr, at));
        cr_expect(dy_tape_at(tape_of(session, 0), DY_MOMENTUM, i) ==
                  dy_curve_at(&momentum, at));
        cr_expect(dy_curve_at(&constant_lr, at) == 0.05 && dy_curve_at(&own, at) == 0.9);
    }
    dy_session_close(session);
    dy_arena_close(&arena);
}

Test(ghost, after_a_bend_the_board_says_the_bent_curve)
{
    dy_session *session = open_race(1);
    step(session, 6);
    post_line(0, DY_MOMENTUM, 0.5, 0.7);
    run_out(session);
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    cr_assert(ghost_of(0, DY_MOMENTUM, &curve, &arena));
    cr_expect(dy_curve_at(&curve, 9) == line_at(0.5, 0.7, 9));
    cr_expect_eq(count_edits(DY_ACT_PLAN), 3);
    dy_session_close(session);
    dy_arena_close(&arena);
}

/* A script's function of the step. */
static bool half_and_half(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    int *calls = self;
    ++*calls;
    if (now->step >= 20) return dy_fail(err, "no rate for step %d", (int)now->step);
    pace->lr = now->step < now->steps / 2 ? 0.1 : 0.05;
    return true;
}

Test(ghost, a_function_is_sampled_ahead_as_far_as_it_goes)
{
    int calls = 0;
    dy_spec plans[] = { { .call = half_and_half, .self = &calls } };
    struct setting s;
    lab.watched = true;
    dy_session *session = open_session(make_setting(&s, 1, plans));
    dy_arena arena = dy_arena_make(0);
    dy_curve lr, momentum;
    cr_assert(ghost_of(0, DY_LR, &lr, &arena) && ghost_of(0, DY_MOMENTUM, &momentum, &arena));
    cr_expect_eq(calls, 21);
    for (int64_t i = 0; i < 20; i++) {
        cr_expect(dy_curve_at(&lr, (double)i) == (i < 12 ? 0.1 : 0.05), "step %d", (int)i);
        cr_expect(dy_curve_at(&momentum, (double)i) == 0.9);
    }
    dy_session_close(session);
    make_setting(&s, 1, plans)->spec.steps = 1000000;
    s.spec.number = 1;
    calls = 0;
    session = open_session(&s);
    cr_expect_lt(calls, 2000);
    dy_session_close(session);
    dy_arena_close(&arena);
}

Test(ghost, of_feedback_only_momentum_is_known_until_lr_is_bent)
{
    dy_spec plans[] = { schedule("plateau", "lr", 0.01, "patience", 0) };
    struct setting s;
    make_setting(&s, 1, plans)->spec.eval_every = 5;
    dy_session *session = open_session(&s);
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    cr_expect_not(ghost_of(0, DY_LR, &curve, &arena));
    cr_expect(ghost_of(0, DY_MOMENTUM, &curve, &arena));
    step(session, 6);
    post_line(0, DY_LR, 0.2, 0.1);
    run_out(session);
    cr_expect(ghost_of(0, DY_LR, &curve, &arena));
    for (int64_t i = 6; i < 25; i++)
        cr_expect(dy_tape_at(tape_of(session, 0), DY_LR, i) == line_at(0.2, 0.1, i));
    dy_session_close(session);
    dy_arena_close(&arena);
}

Test(ghost, a_function_that_is_bent_away_is_asked_no_more)
{
    int calls = 0;
    dy_spec plans[] = { { .call = half_and_half, .self = &calls } };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 1, plans));
    step(session, 5);
    post_line(0, DY_LR, 0.1, 0.1);
    post_line(0, DY_MOMENTUM, 0.5, 0.5);
    step(session, 1);
    calls = 0;
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    cr_expect_eq(status_of(&run), DY_DONE, "though the function fails from step 20 on");
    cr_expect_eq(calls, 0);
    dy_session_close(session);
}
