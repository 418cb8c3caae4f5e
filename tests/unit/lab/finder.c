/* finder.c - range tests on the board: their ladder, their seeds, their ends, and that they touch nothing.
 *
 * SPDX-License-Identifier: MIT */
#include "lab/finder.h"

#include "racing.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 3 };

TestSuite(finder, .init = open_racing, .fini = close_racing);

/* 40 updates from 1e-3 to `to`, from seed 3 on. */
static dy_finder_spec make_spec(double to)
{
    struct setting s;
    dy_spec plan = constant(0.1);
    dy_finder_spec spec = { .race = make_setting(&s, 1, &plan)->spec.race,
                            .test = dy_range_test_defaults(),
                            .seeds = SEEDS,
                            .name = "range test",
                            .number = 5 };
    spec.test.from = 1e-3;
    spec.test.to = to;
    spec.test.steps = 40;
    return spec;
}

static void find(const dy_finder_spec *spec, dy_run_view *runs)
{
    dy_error err;
    must(dy_finder_run(&lab, spec, runs, &err), &err);
    expect_none_running();
}

Test(finder, each_tape_holds_the_ladder_and_each_card_says_what_it_is)
{
    dy_run_view runs[SEEDS];
    dy_finder_spec spec = make_spec(0.5);
    find(&spec, runs);
    for (int k = 0; k < SEEDS; k++) {
        char name[32];
        snprintf(name, sizeof name, "range test, seed %d", 3 + k);
        cr_expect_eq(status_of(&runs[k]), DY_DONE);
        cr_assert_eq(dy_tape_len(runs[k].tape), 40);
        for (int64_t i = 0; i < 40; i++) {
            cr_expect_eq(dy_tape_at(runs[k].tape, DY_LR, i), dy_range_test_lr(&spec.test, i));
            cr_expect_eq(dy_tape_at(runs[k].tape, DY_MOMENTUM, i), 0.9);
        }
        const dy_card *card = runs[k].card;
        cr_expect_str_eq(card->name, name);
        cr_expect_str_eq(card->schedule, "lr 0.001 to 0.5, exponential");
        cr_expect(card->aside && card->race == 5 && card->lane == k &&
                  card->seed == 3U + (unsigned)k);
        cr_expect(card->range_test && card->smoothing == 0.98);
        cr_expect(card->epoch_steps == 10 && strstr(card->model, "4-8-3"));
        cr_expect_eq(runs[k].outcome->updates, 40);
        cr_expect(isnan(runs[k].outcome->test_accuracy));
    }
}

/* A ramp is training: the same seed under the same rates gives the same losses, and another seed others. */
Test(finder, a_ramp_is_the_run_that_the_same_schedule_trains)
{
    dy_run_view runs[SEEDS];
    dy_finder_spec spec = make_spec(0.5);
    find(&spec, runs);
    dy_spec plan = schedule("geometric", "lr", 1e-3, "final_lr", 0.5);
    struct setting s;
    make_setting(&s, 1, &plan)->spec.steps = 40;
    for (int k = 0; k < SEEDS; k++) {
        s.spec.race.seed = 3U + (unsigned)k;
        dy_run_view alone = run_one(&s);
        for (int64_t i = 0; i < 40; i++) {
            double rate = dy_tape_at(alone.tape, DY_LR, i);
            cr_expect(fabs(dy_tape_at(runs[k].tape, DY_LR, i) / rate - 1) < 1e-14);
            double loss = dy_tape_at(alone.tape, DY_LOSS, i);
            cr_expect(fabs(dy_tape_at(runs[k].tape, DY_LOSS, i) - loss) < 1e-5 * loss);
        }
    }
    cr_expect_neq(dy_tape_at(runs[0].tape, DY_LOSS, 0), dy_tape_at(runs[1].tape, DY_LOSS, 0));
}

Test(finder, in_the_middle_of_a_run_it_changes_no_bit_of_it)
{
    dy_spec plan = one_cycle();
    struct setting s;
    dy_run_view undisturbed = run_one(make_setting(&s, 1, &plan));
    dy_session *session = open_session(&s);
    dy_error err;
    for (int i = 0; i < 9; i++) must(dy_session_step(session, &err), &err);
    dy_run_view runs[SEEDS];
    dy_finder_spec spec = make_spec(1e4);
    must(dy_finder_run(&lab, &spec, runs, &err), &err);
    run_out(session);
    same_tape(dy_session_run(session, 0).tape, undisturbed.tape);
    dy_session_close(session);
}

/* The ramp of the run's own seed meets the batch that the run would meet next, with its weights, state and masks. */
Test(finder, a_test_may_begin_where_a_run_stands)
{
    dy_spec plan = constant(0.05);
    struct setting s;
    dy_run_view undisturbed = run_one(make_setting(&s, 1, &plan));
    dy_session *session = open_session(&s);
    dy_error err;
    for (int i = 0; i < 13; i++) must(dy_session_step(session, &err), &err);
    dy_arena arena = dy_arena_make(0);
    void *state = dy_arena_take(&arena, (int64_t)dy_session_state_size(session), 1, &err);
    dy_session_save(session, 0, state);
    dy_run_view runs[SEEDS];
    dy_finder_spec spec = make_spec(0.06);
    spec.race = *dy_session_made_of(session);
    spec.state = state;
    spec.test.from = 0.05;
    must(dy_finder_run(&lab, &spec, runs, &err), &err);
    cr_expect_eq(dy_tape_at(runs[0].tape, DY_LOSS, 0),
                 dy_tape_at(undisturbed.tape, DY_LOSS, 13));
    cr_expect_eq(dy_tape_at(runs[0].tape, DY_LOSS, 1),
                 dy_tape_at(undisturbed.tape, DY_LOSS, 14));
    cr_expect_neq(dy_tape_at(runs[1].tape, DY_LOSS, 0), dy_tape_at(runs[0].tape, DY_LOSS, 0));
    run_out(session);
    same_tape(dy_session_run(session, 0).tape, undisturbed.tape);
    dy_session_close(session);
    dy_arena_close(&arena);
}

Test(finder, the_same_again_gives_the_same_bits)
{
    dy_run_view first[SEEDS], second[SEEDS];
    dy_finder_spec spec = make_spec(100);
    find(&spec, first);
    find(&spec, second);
    for (int k = 0; k < SEEDS; k++) same_tape(first[k].tape, second[k].tape);
}

Test(finder, a_seed_that_diverges_ends_and_the_others_go_on)
{
    dy_run_view runs[SEEDS];
    dy_finder_spec spec = make_spec(1e6);
    find(&spec, runs);
    dy_arena arena = dy_arena_make(0);
    dy_suggestions says;
    dy_error err;
    must(dy_finder_read(runs, SEEDS, &says, &arena, &err), &err);
    for (int k = 0; k < SEEDS; k++) {
        int64_t n = dy_tape_len(runs[k].tape);
        cr_expect_eq(status_of(&runs[k]), DY_DIVERGED);
        cr_expect(n < 40, "%d", (int)n);
        dy_range_watch watch = dy_range_watch_make(0.98, 4);
        for (int64_t i = 0; i < n; i++)
            cr_expect_eq(dy_range_watch_add(&watch, dy_tape_at(runs[k].tape, DY_LOSS, i)),
                         i == n - 1);
        cr_expect(says.diverges[k] <= dy_tape_at(runs[k].tape, DY_LR, n - 1));
    }
    cr_expect_eq(says.divergence.seeds, SEEDS);
    cr_expect(says.divergence.median > 0.1 && says.divergence.median < 1e4);
    dy_arena_close(&arena);
}

Test(finder, a_stop_asked_for_at_the_desk_ends_it)
{
    dy_run_view runs[SEEDS];
    dy_finder_spec spec = make_spec(0.5);
    atomic_store(&dy_board_control(lab.board)->stop, 1);
    find(&spec, runs);
    for (int k = 0; k < SEEDS; k++) {
        cr_expect_eq(status_of(&runs[k]), DY_STOPPED);
        cr_expect_eq(dy_tape_len(runs[k].tape), 0);
    }
    dy_arena arena = dy_arena_make(0);
    dy_suggestions says;
    dy_error err;
    must(dy_finder_read(runs, SEEDS, &says, &arena, &err), &err);
    cr_expect_eq(says.n, 0);
    cr_expect_eq(says.spread[DY_PICK_VALLEY].seeds, 0);
    dy_arena_close(&arena);
}

Test(finder, what_cannot_be_run_is_refused_and_leaves_nothing_running)
{
    dy_run_view runs[SEEDS];
    dy_error err;
    dy_finder_spec bad[] = { make_spec(1e-4), make_spec(1), make_spec(1), make_spec(1) };
    static const char *const WHY[] = { "want rates above 0", "0 seeds", "65 seeds", "inputs" };
    bad[1].seeds = 0;
    bad[2].seeds = 65;
    bad[3].race.model.widths[0] = 5;
    for (int i = 0; i < 4; i++) {
        cr_expect_not(dy_finder_run(&lab, &bad[i], runs, &err));
        cr_expect(strstr(err.text, WHY[i]), "%s", err.text);
    }
    dy_finder_spec spec = make_spec(1);
    bool ran = false;
    for (int64_t n = 1; !ran; n++) {
        dy_arena_fail_at(n, false);
        ran = dy_finder_run(&lab, &spec, runs, &err);
        dy_arena_fail_at(0, false);
        expect_none_running();
    }
}
