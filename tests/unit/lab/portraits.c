/* portraits.c - pictures of networks: whose, when, that they show what the network does, and that they move no bit.
 *
 * SPDX-License-Identifier: MIT */
#include "branching.h"
#include "data/generated.h"

#include <criterion/criterion.h>
#include <math.h>
#include <unistd.h>

TestSuite(portraits, .init = open_racing, .fini = close_racing);

static dy_portrait seen;
static uint32_t number;

static dy_dataset plane;

static void make_plane(void)
{
    dy_points_spec spec = dy_points_defaults();
    dy_error err;
    spec.rows = 100;
    must(dy_moons_make(&plane, &spec, &err), &err);
}

/* Two lanes; in the plane, or with the four inputs of the other tests. */
static dy_session *open_sitting(bool in_plane, bool watched)
{
    static dy_spec plans[2];
    static struct setting s;
    static int32_t opened;
    plans[0] = one_cycle();
    plans[1] = constant(0.05);
    lab.watched = watched;
    make_setting(&s, 2, plans)->spec.number = opened++;
    if (in_plane) {
        s.spec.race.data = &plane;
        s.spec.race.model = (dy_mlp_spec){ .n_layers = 2, .widths = { 2, 8, 2 } };
    }
    s.spec.steps = 400;
    return open_session(&s);
}

static void want(int32_t run)
{
    atomic_store(&dy_board_control(lab.board)->sitter, run + 1);
}

/* Steps until there is another portrait. */
static void sit(dy_session *session)
{
    for (int i = 0; i < 300; i++) {
        step(session, 1);
        if (dy_board_look(lab.board, &number, &seen)) return;
        usleep(1000);
    }
    cr_assert_fail("no portrait was made");
}

Test(portraits, nobody_is_drawn_unless_someone_looks)
{
    make_plane();
    dy_session *session = open_sitting(true, true);
    step(session, 30);
    cr_expect_not(dy_board_look(lab.board, &number, &seen));
    want(7);
    step(session, 30);
    cr_expect_not(dy_board_look(lab.board, &number, &seen), "there is no such run");
    want(1);
    step(session, 1);
    cr_assert(dy_board_look(lab.board, &number, &seen));
    cr_expect_eq(seen.run, 1);
    cr_expect_eq(seen.step, 61);
    step(session, 1);
    cr_expect_not(dy_board_look(lab.board, &number, &seen), "ten a second are enough");
    dy_session_close(session);
    dy_dataset_close(&plane);
}

Test(portraits, the_plane_shows_what_the_network_makes_of_it)
{
    make_plane();
    dy_session *session = open_sitting(true, true);
    want(0);
    sit(session);
    cr_assert_eq(seen.kind, DY_PORTRAIT_PLANE);
    cr_assert(seen.tiles == 1 && seen.width > 10 && seen.height == seen.width);
    cr_expect(seen.to[0] - seen.from[0] == seen.to[1] - seen.from[1], "a circle is round");
    int64_t step_px = 9;
    for (int64_t v = 0; v < seen.height; v += step_px)
        for (int64_t u = 0; u < seen.width; u += step_px) {
            double right = ((double)u + 0.5) / seen.width,
                   down = ((double)v + 0.5) / seen.height;
            double at[] = { seen.from[0] + right * (seen.to[0] - seen.from[0]),
                            seen.to[1] - down * (seen.to[1] - seen.from[1]) };
            float in[2], out[2];
            for (int j = 0; j < 2; j++) in[j] = plane.scale[j] * (float)at[j] + plane.shift[j];
            dy_session_predict(session, 0, dy_mat_make(in, 1, 2), dy_mat_make(out, 1, 2));
            const unsigned char *pixel = &seen.pixels[2 * (v * seen.width + u)];
            double sure = 2 * fabs((double)out[1] - 0.5);
            if (sure > 0.01) cr_expect_eq(pixel[0], out[1] > out[0]);
            cr_expect_lt(fabs(pixel[1] - 255 * sure), 2);
        }
    dy_session_close(session);
    dy_dataset_close(&plane);
}

Test(portraits, examples_lie_on_the_plane)
{
    make_plane();
    dy_session *session = open_sitting(true, true);
    want(0);
    sit(session);
    int held_out = 0;
    cr_assert_gt(seen.n_examples, 50);
    for (int i = 0; i < seen.n_examples; i++) {
        const dy_example *e = &seen.examples[i];
        cr_expect((double)e->x > seen.from[0] && (double)e->x < seen.to[0]);
        cr_expect((double)e->y > seen.from[1] && (double)e->y < seen.to[1]);
        cr_expect(e->class == 0 || e->class == 1);
        held_out += e->held_out;
    }
    cr_expect(held_out > 0 && held_out < seen.n_examples);
    dy_session_close(session);
    dy_dataset_close(&plane);
}

Test(portraits, elsewhere_it_is_the_first_layers_weights)
{
    dy_session *session = open_sitting(false, true);
    want(1);
    sit(session);
    cr_assert_eq(seen.kind, DY_PORTRAIT_WEIGHTS);
    cr_assert(seen.tiles == 8 && seen.width == 4 && seen.height == 1 && seen.run == 1);
    cr_expect_eq(seen.n_examples, 0);
    dy_mat w = dy_session_weights(session, 1, 0);
    for (int unit = 0; unit < 8; unit++) {
        double most = 0;
        for (int i = 0; i < 4; i++)
            most = fmax(most, fabs((double)w.at[i * w.row_stride + unit]));
        for (int i = 0; i < 4; i++) {
            const unsigned char *pixel = &seen.pixels[2 * (unit * 4 + i)];
            double level = 128 + 127 * (double)w.at[i * w.row_stride + unit] / most;
            cr_expect_lt(fabs(pixel[0] - level), 0.51);
            cr_expect_eq(pixel[1], 255);
        }
    }
    dy_session_close(session);
}

static void *look_at_the_other(void *self)
{
    see_pause();
    want(1);
    while (!dy_board_look(lab.board, &number, &seen)) usleep(1000);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    return self;
}

Test(portraits, who_waits_can_be_drawn_as_well)
{
    make_plane();
    dy_session *session = open_sitting(true, true);
    step(session, 9);
    post(DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0);
    step_beside(session, look_at_the_other, 1);
    cr_expect(seen.run == 1 && seen.step == 9);
    dy_session_close(session);
    dy_dataset_close(&plane);
}

Test(portraits, being_drawn_moves_no_bit)
{
    make_plane();
    dy_session *drawn = open_sitting(true, true);
    want(0);
    run_out(drawn);
    cr_assert(dy_board_look(lab.board, &number, &seen));
    cr_expect_eq(seen.step, 400, "of the network that came of it");
    dy_run_view a = dy_session_run(drawn, 0);
    dy_session_close(drawn);
    dy_session *alone = open_sitting(true, false);
    run_out(alone);
    dy_run_view b = dy_session_run(alone, 0);
    dy_session_close(alone);
    same_run(&a, &b);
    dy_dataset_close(&plane);
}
