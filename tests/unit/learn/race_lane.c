/* race_lane.c - a lane's state as bytes decides its future, in whatever lane it is put; lanes that come later.
 *
 * SPDX-License-Identifier: MIT */
#include "help.h"
#include "learn/race.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const toy CLASSES = {
    .rows = 100, .test_rows = 37, .inputs = 40, .outputs = 5, .bytes = true
};

enum { UPDATES = 40, LANES = 3 };

/* Every optimizer's state, with masks or without. */
static dy_race_spec spec_of(const dy_dataset *data, int kind)
{
    dy_race_spec spec = toy_race(data, 16, 20, 2);
    spec.branches = LANES - 2;
    spec.model.dropout = kind % 2 ? 0.3 : 0;
    if (kind / 2 == 1) spec.optim = dy_adam_defaults();
    if (kind / 2 == 2) spec.optim.nesterov = true;
    if (kind / 2 == 2) spec.optim.clip_norm = 0.5;
    return spec;
}

static dy_race *open_race(const dy_race_spec *spec)
{
    dy_race *race = NULL;
    dy_error err;
    must(dy_race_open(&race, spec, 0, &err), &err);
    return race;
}

static dy_pace pace_at(int64_t update)
{
    return (dy_pace){ 0.02 + 0.001 * (double)(update % 7), 0.9 - 0.01 * (double)(update % 5) };
}

/* One update of one lane; its loss. */
static double step_one(dy_race *race, int lane)
{
    bool due[LANES] = { false };
    dy_pace pace[LANES];
    double loss[LANES] = { 0 };
    due[lane] = true;
    pace[lane] = pace_at(dy_race_at(race, lane));
    dy_race_step_some(race, due, pace, loss, NULL);
    return loss[lane];
}

/* Goes to update 15, notes its state, goes on, comes back in `into`, and must meet the same losses. */
static void expect_same_future(int kind, int into)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = spec_of(&data, kind);
    dy_race *race = open_race(&spec);
    dy_error err;
    int added;
    must(dy_race_add(race, &added, &err), &err);
    cr_assert_eq(added, 2);
    cr_assert_not(dy_race_live(race, added));
    double loss[UPDATES];
    char *state = dy_arena_take(&data.arena, (int64_t)dy_race_state_size(race), 1, &err);
    for (int i = 0; i < UPDATES; i++) {
        if (i == 15) dy_race_save(race, 0, state);
        loss[i] = step_one(race, 0);
    }
    dy_race_retire(race, into);
    dy_race_restore(race, into, state);
    cr_assert(dy_race_live(race, into));
    cr_expect_eq(dy_race_at(race, into), 15);
    for (int i = 15; i < UPDATES; i++)
        cr_expect(step_one(race, into) == loss[i], "kind %d, into %d, update %d", kind, into,
                  i);
    if (into != 0) cr_expect(same_weights(race, 0, race, into, &spec.model));
    if (into != 2) {
        dy_race_copy(race, 2, into);
        cr_expect(step_one(race, 2) == step_one(race, into), "a copy, kind %d", kind);
    }
    dy_race_restart(race, into);
    for (int i = 0; i < UPDATES; i++)
        cr_expect(step_one(race, into) == loss[i], "again, update %d", i);
    dy_race_close(race);
    dy_dataset_close(&data);
}

Test(race_lane, a_state_has_the_same_future_in_any_lane)
{
    for (int kind = 0; kind < 6; kind++)
        for (int into = 0; into < LANES; into++) expect_same_future(kind, into);
}

Test(race_lane, lanes_apart_and_together_are_the_same_bits)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = spec_of(&data, 1);
    dy_race *apart = open_race(&spec), *together = open_race(&spec);
    for (int i = 0; i < UPDATES; i++) step_one(apart, 0);
    for (int i = 0; i < UPDATES; i++) step_one(apart, 1);
    for (int i = 0; i < UPDATES; i++) {
        dy_pace pace[] = { pace_at(i), pace_at(i) };
        double loss[2];
        dy_race_step(together, pace, loss);
    }
    for (int lane = 0; lane < 2; lane++)
        cr_expect(same_weights(apart, lane, together, lane, &spec.model));
    dy_race_close(apart);
    dy_race_close(together);
    dy_dataset_close(&data);
}

Test(race_lane, there_is_room_for_so_many)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = spec_of(&data, 0);
    dy_race *race = open_race(&spec);
    dy_error err;
    int lane;
    must(dy_race_add(race, &lane, &err), &err);
    cr_expect_not(dy_race_add(race, &lane, &err));
    cr_expect(strstr(err.text, "room for 3 lanes"), "%s", err.text);
    dy_race_close(race);
    spec.branches = -1;
    cr_expect_not(dy_race_open(&race, &spec, 0, &err));
    dy_dataset_close(&data);
}

Test(race_lane, memory_may_be_short_when_a_lane_is_added)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = spec_of(&data, 2);
    dy_race *race = open_race(&spec);
    dy_error err;
    int lane, failures = 0;
    for (int64_t n = 1;; n++, failures++) {
        dy_arena_fail_at(n, false);
        bool added = dy_race_add(race, &lane, &err);
        dy_arena_fail_at(0, false);
        if (added) break;
    }
    cr_expect_gt(failures, 3);
    dy_race_restart(race, lane);
    cr_expect(isfinite(step_one(race, lane)));
    dy_race_close(race);
    dy_dataset_close(&data);
}
