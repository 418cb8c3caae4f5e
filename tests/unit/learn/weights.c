/* weights.c - a network's weights as a row of floats, there and back.   SPDX-License-Identifier: MIT */
#include "learn/weights.h"

#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

static void store(dy_race *race, int lane, float *to)
{
    for (int i = 0; i < dy_race_made_of(race)->model.n_layers; i++)
        to = dy_weights_store(dy_race_weights(race, lane, i), to);
}

Test(weights, a_layer_is_stored_as_torch_has_it)
{
    float room[4 * 16] = { 0 };
    dy_mat w = dy_mat_strided(room, 3, 2, 16); /* 2 inputs and a bias row, 2 outputs */
    static const float FLAT[] = { 1, 2, 3, 4, 5, 6 };
    cr_expect_eq(dy_weights_fill(w, FLAT), FLAT + 6);
    cr_expect(room[0] == 1 && room[16] == 2, "the first unit's weights are column 0");
    cr_expect(room[1] == 3 && room[17] == 4);
    cr_expect(room[32] == 5 && room[33] == 6, "biases are the last row");
    float back[6];
    cr_expect_eq(dy_weights_store(w, back), back + 6);
    cr_expect(memcmp(back, FLAT, sizeof back) == 0);
    cr_expect(room[2] == 0 && room[48] == 0, "and nothing else is touched");
}

Test(weights, a_race_starts_from_what_it_is_given)
{
    dy_error err;
    static const toy CLASSES = { .rows = 64, .inputs = 4, .outputs = 3 };
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 8, 16, 2);
    float given[512], back[512];
    int64_t n = dy_mlp_parameters(&spec.model);
    cr_assert(n <= 512);
    for (int64_t i = 0; i < n; i++) given[i] = 0.01F * (float)(i % 37) - 0.2F;
    spec.model.given = given;
    dy_race *race;
    must(dy_race_open(&race, &spec, 0, &err), &err);
    for (int lane = 0; lane < 2; lane++) {
        memset(back, 0, sizeof back);
        store(race, lane, back);
        cr_expect(memcmp(given, back, (size_t)n * sizeof *given) == 0, "lane %d", lane);
    }
    dy_pace pace[2] = { { 0.1, 0.9 }, { 0, 0.9 } };
    double loss[2];
    dy_race_step(race, pace, loss);
    store(race, 1, back);
    cr_expect(memcmp(given, back, (size_t)n * sizeof *given) == 0, "lr 0 changes nothing");
    store(race, 0, back);
    cr_expect(memcmp(given, back, (size_t)n * sizeof *given) != 0);
    dy_race_restart(race, 0);
    store(race, 0, back);
    cr_expect(memcmp(given, back, (size_t)n * sizeof *given) == 0, "and so does a restart");
    dy_race_close(race);
    dy_dataset_close(&data);
}
