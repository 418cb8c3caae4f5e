/* fit.c - what an axis has to hold.   SPDX-License-Identifier: MIT */
#include "view/fit.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <math.h>

TestSuite(fit, .init = fixture_open, .fini = fixture_close);

static dy_scale scale_as(dy_channel channel, dy_axis_kind kind)
{
    dy_draft d = sample_draft(board, &view, &arena, &err);
    dy_pane_spec spec = { .kind = (dy_pane_kind)channel, .y = kind };
    sample_read(&d, &spec, 1);
    return d.panes[0].y;
}

static dy_scale scale_of(dy_channel channel)
{
    return scale_as(channel, DY_AXIS_AUTO);
}

Test(fit, sight)
{
    dy_draft none = sample_draft(board, &view, &arena, &err);
    cr_expect_eq(dy_plot_sight(&none).to, 1);
    sample_done(sample_run(board, "stopped early", 900, 90), 0.5);
    dy_draft d = sample_draft(board, &view, &arena, &err);
    cr_expect_eq(dy_plot_sight(&d).to, 90, "what a finished run has");
    sample_run(board, "going on", 500, 20);
    d = sample_draft(board, &view, &arena, &err);
    cr_expect_eq(dy_plot_sight(&d).to, 500, "what a running one plans");
    dy_trace *traces = (dy_trace *)d.traces;
    traces[1].show = DY_HIDDEN;
    cr_expect_eq(dy_plot_sight(&d).to, 90);
    view.from = 30;
    view.to = 40;
    cr_expect_eq(dy_plot_sight(&d).from, 30);
    cr_expect_eq(dy_plot_sight(&d).to, 40);
}

Test(fit, smoothing)
{
    dy_draft d = { .view = &view };
    cr_expect_eq(dy_plot_smoothing(&d, (dy_sight){ 0, 59, 100 }), 0,
                 "few updates are shown as they are");
    cr_expect_eq(dy_plot_smoothing(&d, (dy_sight){ 0, 6000, 100 }), 100);
    view.smoothing = 7;
    cr_expect_eq(dy_plot_smoothing(&d, (dy_sight){ 0, 6000, 100 }), 7);
    view.smoothing = 0;
    cr_expect_eq(dy_plot_smoothing(&d, (dy_sight){ 0, 6000, 100 }), 0);
}

Test(fit, scales_hold_the_curves)
{
    sample_done(sample_run(board, "run", 100, 100), 0.5);
    dy_scale lr = scale_of(DY_LR);
    cr_expect(!lr.log && lr.lo == 0 && lr.hi > 0.1 && lr.hi < 0.12, "%g..%g", lr.lo, lr.hi);
    dy_scale m = scale_of(DY_MOMENTUM);
    cr_expect(!m.log && m.lo < 0.9 && m.hi > 0.9, "a constant stands free: %g..%g", m.lo, m.hi);
    dy_scale loss = scale_of(DY_LOSS);
    cr_expect(loss.hi >= 2 && loss.hi < 2.5, "%g..%g", loss.lo, loss.hi);
}

Test(fit, an_empty_board_has_scales)
{
    for (dy_channel c = 0; c < DY_CHANNELS; c++) {
        dy_scale s = scale_of(c);
        cr_expect(s.lo < s.hi);
    }
}

Test(fit, axes_as_asked)
{
    sample_done(sample_run(board, "run", 100, 100), 0.5);
    dy_scale lr = scale_as(DY_LR, DY_AXIS_LOG);
    cr_expect(lr.log && lr.lo > 0 && lr.lo < 0.001 && lr.hi > 0.1, "%g..%g", lr.lo, lr.hi);
}

/* n updates from first to last, by equal factors. */
static void exponential(double first, double last, int n)
{
    dy_card card = { .name = "range test", .steps = n, .epoch_steps = n };
    dy_run_view run;
    cr_assert(dy_board_add(board, &card, 0, &run, &err));
    for (int i = 0; i < n; i++)
        dy_tape_push(
            run.tape,
            (dy_sample){ .lr = first * pow(last / first, (double)i / (n - 1)), .loss = 1 });
    sample_done(run, 0.5);
}

Test(fit, lr_over_decades_is_drawn_on_a_log_axis)
{
    exponential(1e-6, 1, 100);
    cr_expect(scale_of(DY_LR).log);
    cr_expect_not(scale_as(DY_LR, DY_AXIS_LINEAR).log);
}

Test(fit, log_of_what_is_nowhere_positive_is_linear)
{
    exponential(1e-3, 1, 10); /* its momentum is 0 */
    dy_scale s = scale_as(DY_MOMENTUM, DY_AXIS_LOG);
    cr_expect(!s.log && s.lo < s.hi, "%g..%g", s.lo, s.hi);
}

Test(fit, numbers_at_the_ends_of_double_leave_a_scale)
{
    exponential(1e-300, 1e300, 100);
    for (int kind = DY_AXIS_AUTO; kind <= DY_AXIS_LOG; kind++) {
        dy_scale s = scale_as(DY_LR, (dy_axis_kind)kind);
        cr_expect(isfinite(s.lo) && isfinite(s.hi) && s.lo < s.hi, "%g..%g", s.lo, s.hi);
    }
}

Test(fit, a_run_that_diverged_does_not_flatten_the_others)
{
    sample_done(sample_run(board, "good", 100, 100), 0.5);
    dy_run_view bad = sample_run(board, "bad", 100, 50);
    for (int i = 0; i < 40; i++)
        dy_tape_push(bad.tape, (dy_sample){ .lr = 0.1, .momentum = 0.9, .loss = 1e20F });
    sample_diverged(bad);
    cr_expect_lt(scale_of(DY_LOSS).hi, 7, "%g", scale_of(DY_LOSS).hi);
}

Test(fit, scores_are_in_sight)
{
    dy_run_view run = sample_run(board, "run", 100, 100);
    sample_score(board, run, 50, 4);
    sample_done(run, 0.5);
    cr_expect_gt(scale_of(DY_LOSS).hi, 4);
}
