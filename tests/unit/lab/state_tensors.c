/* state_tensors.c - a race put away and taken up again: the same bits, or a reason why not.
 *
 * SPDX-License-Identifier: MIT */
#include "lab/state_tensors.h"

#include "racing.h"

#include <criterion/criterion.h>
#include <string.h>

enum { LANES = 2, BEFORE = 17, AFTER = 25 };

static dy_arena arena;

static void set_up(void)
{
    open_racing();
    arena = dy_arena_make(0);
}

static void clear_up(void)
{
    dy_arena_close(&arena);
    close_racing();
}

TestSuite(state_tensors, .init = set_up, .fini = clear_up);

static dy_race_spec make_spec(dy_optim_spec optim)
{
    struct setting s;
    dy_spec plans[LANES] = { constant(0.1), constant(0.2) };
    dy_race_spec spec = make_setting(&s, LANES, plans)->spec.race; /* with dropout */
    spec.optim = optim;
    return spec;
}

static dy_race *open_race(const dy_race_spec *spec)
{
    dy_race *race;
    dy_error err;
    must(dy_race_open(&race, spec, 0, &err), &err);
    return race;
}

static void step(dy_race *race, int n, double *losses)
{
    const dy_pace pace[LANES] = { { 0.02, 0.9 }, { 0.01, 0.8 } };
    for (int i = 0; i < n; i++) {
        double loss[LANES] = { 0 };
        dy_race_step(race, pace, loss);
        if (losses) memcpy(losses + (ptrdiff_t)LANES * i, loss, sizeof loss);
    }
}

/* Through bytes, as they would go to a file and come back. */
static dy_safetensors there_and_back(dy_race *race)
{
    dy_safetensors what, back;
    dy_error err;
    char *bytes;
    size_t size;
    must(dy_state_store(race, &what, &arena, &err), &err);
    must(dy_safetensors_pack(&what, &bytes, &size, &arena, &err), &err);
    must(dy_safetensors_unpack(&back, &arena, bytes, size, &err), &err);
    return back;
}

static void expect_resumed(dy_optim_spec optim)
{
    dy_race_spec spec = make_spec(optim);
    dy_race *race = open_race(&spec), *again = open_race(&spec);
    double losses[AFTER * LANES], resumed[AFTER * LANES];
    bool same;
    dy_error err;
    step(race, BEFORE, NULL);
    dy_race_retire(race, 1);
    dy_safetensors state = there_and_back(race);
    must(dy_state_load(again, &state, &same, &err), &err);
    cr_expect(same && dy_race_at(again, 0) == BEFORE);
    cr_expect(dy_race_live(again, 0) && !dy_race_live(again, 1));
    step(race, AFTER, losses);
    step(again, AFTER, resumed);
    cr_expect(memcmp(losses, resumed, sizeof losses) == 0);
    for (int lane = 0; lane < LANES; lane++) {
        dy_score a = dy_race_score(race, lane, &data.test),
                 b = dy_race_score(again, lane, &data.test);
        cr_expect(memcmp(&a, &b, sizeof a) == 0, "lane %d", lane);
    }
    dy_race_close(race);
    dy_race_close(again);
}

Test(state_tensors, a_race_goes_on_with_the_same_bits)
{
    dy_optim_spec decayed = dy_sgd_defaults();
    decayed.weight_decay = 1e-3;
    decayed.nesterov = true;
    expect_resumed(dy_sgd_defaults());
    expect_resumed(decayed);
    expect_resumed(dy_adam_defaults());
}

Test(state_tensors, names_are_those_of_torch)
{
    dy_race_spec spec = make_spec(dy_adam_defaults());
    dy_race *race = open_race(&spec);
    step(race, 1, NULL);
    dy_safetensors state = there_and_back(race);
    const dy_named_tensor *weight = dy_safetensors_find(&state, "0.weight");
    cr_assert(weight && weight->dims[0] == 8 && weight->dims[1] == 4, "[out x in]");
    cr_expect_eq(weight->at[1],
                 dy_race_weights(race, 0, 0).at[dy_race_weights(race, 0, 0).row_stride]);
    cr_expect(dy_safetensors_find(&state, "3.bias"), "a Dropout lies between");
    cr_expect(dy_safetensors_find(&state, "optimizer.0.weight.exp_avg"));
    cr_expect(dy_safetensors_find(&state, "lane.1.optimizer.3.bias.exp_avg_sq"));
    dy_race_close(race);
}

static void expect_refused(dy_race *race, const dy_safetensors *state, const char *why)
{
    float before[4], after[4];
    bool same;
    dy_error err;
    memcpy(before, dy_race_weights(race, 0, 0).at, sizeof before);
    cr_expect_not(dy_state_load(race, state, &same, &err), "%s", why);
    cr_expect(strstr(err.text, why), "%s", err.text);
    memcpy(after, dy_race_weights(race, 0, 0).at, sizeof after);
    cr_expect(memcmp(before, after, sizeof before) == 0 && dy_race_at(race, 0) == 0, "%s", why);
}

Test(state_tensors, what_is_not_whole_or_of_another_race_changes_nothing)
{
    dy_race_spec spec = make_spec(dy_sgd_defaults()), other = spec, narrow = spec;
    dy_race *race = open_race(&spec), *fresh = open_race(&spec);
    step(race, 3, NULL);
    dy_safetensors state = there_and_back(race), bad = state;
    other.seed++;
    narrow.lanes = 1;
    dy_race *another = open_race(&other), *one = open_race(&narrow);
    expect_refused(another, &state, "another race's");
    expect_refused(one, &state, "more lanes than the race, which has 1");
    bad.n--;
    expect_refused(fresh, &bad, "no tensor lane.1.optimizer.3.bias.momentum_buffer");
    bad = state;
    bad.n_texts--;
    expect_refused(fresh, &bad, "no text derny.lane.1");
    bad.n_texts = 0;
    expect_refused(fresh, &bad, "no state of a race");
    state.tensors[0].dims[0]--;
    expect_refused(fresh, &state, "tensor 0.weight has another shape");
    state.tensors[0].dims[0]++;
    static const char *const PLACES[] = { "",
                                          "1 1 1 1 1",
                                          "1 2 1 1 1 1",
                                          "1 1 1 1 1 1 ",
                                          "-1 1 1 1 1 1",
                                          "11111111111111111 1 1 1 1 1",
                                          "1  1 1 1 1 1" };
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        state.texts[state.n_texts - 1].text = PLACES[i];
        expect_refused(fresh, &state, "derny.lane.1 is none of ours");
    }
    dy_race_close(race);
    dy_race_close(fresh);
    dy_race_close(another);
    dy_race_close(one);
}

Test(state_tensors, short_memory_is_an_error)
{
    dy_race_spec spec = make_spec(dy_adam_defaults());
    dy_race *race = open_race(&spec);
    dy_safetensors what;
    dy_error err;
    bool stored = false;
    for (int64_t n = 1; !stored; n++) {
        dy_arena_fail_at(n, false);
        stored = dy_state_store(race, &what, &arena, &err);
        dy_arena_fail_at(0, false);
    }
    dy_race_close(race);
}
