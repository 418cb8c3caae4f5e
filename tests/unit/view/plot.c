/* plot.c - what is read of runs for their panes.   SPDX-License-Identifier: MIT */
#include "view/plot.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <math.h>

TestSuite(plot, .init = fixture_open, .fini = fixture_close);

static dy_draft read_kind(dy_pane_kind kind)
{
    static dy_pane_spec spec;
    spec = (dy_pane_spec){ .kind = kind };
    dy_draft d = sample_draft(board, &view, &arena, &err);
    sample_read(&d, &spec, 1);
    return d;
}

/* The same, after the traces were changed. */
static const dy_plot *again(dy_draft *d, int32_t run)
{
    dy_plot_read(d);
    return dy_plot_of(d, 0, run);
}

static dy_run_view branch(const char *name, int32_t parent, int64_t from, int32_t lane)
{
    dy_card card = { .steps = 100, .epoch_steps = 10, .branched = true, .lane = lane };
    dy_run_view run;
    card.parent = parent;
    card.from = from;
    snprintf(card.name, sizeof card.name, "%s", name);
    cr_assert(dy_board_add(board, &card, 4, &run, &err), "%s", err.text);
    for (int i = 0; i < 60; i++) dy_tape_push(run.tape, (dy_sample){ 0.1, 0.9, 1 });
    return run;
}

static dy_curve constant(double value)
{
    dy_curve curve;
    cr_assert(dy_curve_constant(&curve, &arena, value, &err), "%s", err.text);
    return curve;
}

Test(plot, a_fork_begins_where_it_left_its_parent)
{
    sample_run(board, "trunk", 100, 60);
    branch("fork", 0, 40, 1);
    dy_draft d = read_kind(DY_PANE_LR);
    cr_expect_eq(dy_plot_of(&d, 0, 0)->line.points[0].x, 0);
    cr_expect_eq(dy_plot_of(&d, 0, 1)->line.points[0].x, 39, "the last update they share");
    ((dy_trace *)d.traces)[0].show = DY_HIDDEN;
    cr_expect_eq(again(&d, 1)->line.points[0].x, 0, "nobody else draws its past");
}

Test(plot, a_rewind_takes_the_lane_over)
{
    sample_run(board, "lane", 100, 60);
    branch("lane", 0, 40, 0);
    dy_draft d = read_kind(DY_PANE_LR);
    cr_expect_eq(d.traces[0].show, DY_FAINT);
    cr_expect_eq(d.traces[1].show, DY_SHOWN);
    cr_expect_eq(d.traces[0].colour, d.traces[1].colour);
    cr_expect_eq(dy_plot_of(&d, 0, 0)->line.points[0].x, 39, "what was given up");
    cr_expect_eq(dy_plot_of(&d, 0, 1)->line.points[0].x, 0, "the whole lane");
}

Test(plot, a_fork_of_a_lane_that_was_rewound)
{
    sample_run(board, "lane", 100, 60);
    branch("fork", 0, 30, 1);
    branch("lane", 0, 40, 0);
    branch("fork", 1, 40, 1);
    dy_draft d = read_kind(DY_PANE_LR);
    cr_expect_eq(d.traces[1].show, DY_FAINT);
    cr_expect_eq(dy_plot_of(&d, 0, 3)->line.points[0].x, 0,
                 "neither the fork nor its lane is drawn in full before");
    cr_expect_neq(d.traces[2].colour, d.traces[3].colour);
    cr_expect_eq(d.traces[1].colour, d.traces[3].colour);
}

Test(plot, what_is_planned_joins_what_was)
{
    sample_run(board, "run", 100, 60);
    dy_draft d = read_kind(DY_PANE_RATE);
    dy_trace *trace = (dy_trace *)d.traces;
    dy_curve lr = constant(0.05);
    dy_curve momentum = constant(0.5);
    cr_expect_eq(dy_plot_of(&d, 0, 0)->ghost.n, 0, "no plan is known");
    trace->plan[DY_LR] = &lr;
    trace->plan[DY_MOMENTUM] = &momentum;
    const dy_stroke *ghost = &again(&d, 0)->ghost;
    cr_assert_eq(ghost->n, 41);
    cr_expect_eq(ghost->points[0].x, 59);
    cr_expect_float_eq(ghost->points[0].y, 0.1 * (1 - 0.59) / 0.1, 1e-9, "as it was");
    cr_expect_eq(ghost->points[40].x, 99, "the last update");
    cr_expect_float_eq(ghost->points[40].y, 0.1, 1e-9, "as it will be");
    trace->run.outcome->status = DY_STOPPED;
    cr_expect_eq(again(&d, 0)->ghost.n, 0, "nothing is planned any more");
}

Test(plot, a_plan_costs_pixels)
{
    dy_card card = { .steps = 1000000, .epoch_steps = 10 };
    dy_run_view run;
    cr_assert(dy_board_add(board, &card, 4, &run, &err));
    dy_draft d = read_kind(DY_PANE_LR);
    dy_curve lr = constant(0.05);
    ((dy_trace *)d.traces)->plan[DY_LR] = &lr;
    const dy_stroke *ghost = &again(&d, 0)->ghost;
    cr_expect_eq(ghost->n, 801, "%ld", (long)ghost->n);
    cr_expect_eq(ghost->points[0].x, 0, "nothing was yet");
    cr_expect_eq(ghost->points[800].x, 999999);
}

Test(plot, of_many_updates_the_raw_loss_is_a_band)
{
    sample_run(board, "run", 20000, 20000);
    dy_draft d = read_kind(DY_PANE_LOSS);
    const dy_plot *plot = dy_plot_of(&d, 0, 0);
    cr_assert(plot->band);
    cr_expect_eq(plot->line.n, 2 * 800);
    for (int64_t i = 0; i < plot->line.n / 2; i++) {
        dy_point upper = plot->line.points[i];
        dy_point lower = plot->line.points[plot->line.n - 1 - i];
        cr_assert_eq(upper.x, lower.x);
        cr_assert_geq(upper.y, lower.y);
    }
    view.smoothing = 0;
    d = read_kind(DY_PANE_LOSS);
    cr_expect_not(dy_plot_of(&d, 0, 0)->band, "alone it is a line");
}

Test(plot, scores_and_gauges)
{
    dy_run_view run = sample_run(board, "run", 100, 60);
    sample_score(board, run, 10, 0.7);
    sample_score(board, run, 20, 0.6);
    for (int i = 0; i < 60; i += 16)
        dy_board_gauge(board, run.index, &(dy_gauge){ i, (float)i, 0.5F });
    dy_draft d = read_kind(DY_PANE_ACCURACY);
    cr_assert_eq(dy_plot_of(&d, 0, 0)->dots.n, 2);
    cr_expect_eq(dy_plot_of(&d, 0, 0)->line.points[1].y, 50, "per cent");
    d = read_kind(DY_PANE_GRADIENT);
    cr_assert_eq(dy_plot_of(&d, 0, 0)->line.n, 4);
    cr_expect_eq(dy_plot_of(&d, 0, 0)->line.points[3].y, 48);
    cr_expect_eq(dy_plot_of(&d, 0, 0)->smooth.n, 4);
    d = read_kind(DY_PANE_RATIO);
    cr_expect_float_eq(dy_plot_of(&d, 0, 0)->smooth.points[3].y, 0.5, 1e-9);
}

Test(plot, a_loop_is_the_loss_by_lr)
{
    sample_run(board, "run", 50, 50);
    view.smoothing = 0;
    dy_draft d = read_kind(DY_PANE_LOOP);
    const dy_stroke *line = &dy_plot_of(&d, 0, 0)->line;
    cr_assert_eq(line->n, 50);
    cr_expect_float_eq(line->points[10].x, 0.1 * (1 - 10 / 50.0), 1e-9);
    cr_expect_float_eq(line->points[10].y, 1, 1e-6);
    cr_expect_gt(d.panes[0].x.hi, 0.1);
    cr_expect_lt(d.panes[0].x.hi, 0.12, "its own axis");
}

Test(plot, values_at_an_update)
{
    dy_run_view run = sample_run(board, "run", 100, 60);
    sample_score(board, run, 20, 0.6);
    view.smoothing = 0;
    dy_draft d = read_kind(DY_PANE_LOSS);
    bool planned;
    cr_expect_float_eq(dy_plot_value(&d, 0, 0, 10, &planned), 1, 1e-6);
    cr_expect(isnan(dy_plot_value(&d, 0, 0, 60, &planned)), "nobody knows yet");
    cr_expect(isnan(dy_plot_value(&d, 0, 0, -1, &planned)));
    d = read_kind(DY_PANE_LR);
    dy_curve lr = constant(0.05);
    ((dy_trace *)d.traces)->plan[DY_LR] = &lr;
    cr_expect_float_eq(dy_plot_value(&d, 0, 0, 59, &planned), 0.041, 1e-9);
    cr_expect_not(planned);
    cr_expect_eq(dy_plot_value(&d, 0, 0, 60, &planned), 0.05);
    cr_expect(planned);
    cr_expect(isnan(dy_plot_value(&d, 0, 0, 100, &planned)), "after its last update");
    d = read_kind(DY_PANE_ACCURACY);
    cr_expect(isnan(dy_plot_value(&d, 0, 0, 19, &planned)));
    cr_expect_eq(dy_plot_value(&d, 0, 0, 55, &planned), 50, "the last score");
}
