/* everything.c - see everything.h.   SPDX-License-Identifier: MIT */
#include "everything.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 16 };

static bool toss(dy_rng *rng)
{
    return dy_rng_below(rng, 2) == 1;
}

/* ---- runs ---- */

static void add_marks(dy_rng *rng, dy_run_view *run, int64_t len)
{
    for (int64_t step = 10; step <= len; step += 10) {
        dy_mark mark = { .step = step, .kind = DY_MARK_SCORE };
        mark.loss = 1.0 / (double)step;
        mark.accuracy = 1 - 1.0 / (double)step;
        dy_board_mark(board, run->index, &mark);
        dy_gauge gauge = { step, (float)dy_rng_uniform(rng), (float)dy_rng_uniform(rng) };
        dy_board_gauge(board, run->index, &gauge);
    }
    dy_mark note = { .step = len / 2, .kind = DY_MARK_NOTE };
    snprintf(note.text, sizeof note.text, "half of the way, and a few words more about it");
    dy_board_mark(board, run->index, &note);
}

static void add_run(dy_rng *rng, int i)
{
    static const char *const NAMES[] = {
        "a",
        "one cycle",
        "a rather long name of a run, max_lr = 0.25",
        "学习率 0.1",
        "pct_start = 0.3, final_div_factor = 10000",
    };
    int64_t steps = 100 + 10 * dy_rng_below(rng, 10);
    dy_card card = { .steps = steps, .epoch_steps = 10, .lane = i };
    card.branched = i > 0 && toss(rng);
    card.parent = card.branched ? (int32_t)dy_rng_below(rng, i) : 0;
    card.from = card.branched ? dy_rng_below(rng, 50) : 0;
    card.aside = card.branched && toss(rng);
    if (card.branched && toss(rng)) card.lane = card.parent; /* as a rewind has it */
    snprintf(card.name, sizeof card.name, "%s", NAMES[dy_rng_below(rng, 5)]);
    snprintf(card.data, sizeof card.data, "spirals, 1,000 points, noise 0.1");
    snprintf(card.model, sizeof card.model, "mlp 2-64-64-2 relu, 4,482 parameters");
    dy_run_view run;
    cr_assert(dy_board_add(board, &card, 64, &run, &err), "%s", err.text);
    int64_t len = dy_rng_below(rng, steps + 1);
    double scale = pow(10, 6 * dy_rng_uniform(rng) - 3);
    for (int64_t t = 0; t < len; t++)
        dy_tape_push(run.tape, (dy_sample){ .lr = scale * (1 + sin((double)t / 9)),
                                            .momentum = 0.9,
                                            .loss = (float)(scale * dy_rng_uniform(rng)) });
    add_marks(rng, &run, len);
    run.outcome->test_accuracy = toss(rng) ? dy_rng_uniform(rng) : (double)NAN;
    run.outcome->test_loss = run.outcome->train_loss = scale;
    run.outcome->status = (int)dy_rng_below(rng, 4);
}

void everything_runs(dy_rng *rng, int n)
{
    for (int i = 0; i < n; i++) add_run(rng, i);
}

/* ---- views ---- */

static dy_pane_spec panes[DY_PANE_KINDS];
static dy_portrait plane, weights;
static double row_at[MOST];
static int32_t order[MOST];
static dy_ranking ranking;

static void ask_panes(dy_rng *rng)
{
    view.panes = panes;
    view.n_panes = 0;
    for (dy_pane_kind kind = 0; kind < DY_PANE_KINDS; kind++)
        if (toss(rng))
            panes[view.n_panes++] = (dy_pane_spec){ .kind = kind,
                                                    .y = (dy_axis_kind)dy_rng_below(rng, 3),
                                                    .x = (dy_axis_kind)dy_rng_below(rng, 3) };
    plane = (dy_portrait){ .kind = DY_PORTRAIT_PLANE,
                           .width = 64,
                           .height = 64,
                           .tiles = 1,
                           .from = { -1, -1 },
                           .to = { 1, 1 } };
    weights = (dy_portrait){
        .kind = DY_PORTRAIT_WEIGHTS, .width = 8, .height = 8, .tiles = 30, .run = 1
    };
    view.plane = toss(rng) ? &plane : NULL;
    view.weights = toss(rng) ? &weights : NULL;
}

static void ask_rows(dy_rng *rng, const dy_trace *traces, int32_t n)
{
    view.n_order = 0;
    view.ranking = NULL;
    view.row_at = NULL;
    for (int32_t i = 0; i < n; i++) {
        order[i] = n - 1 - i;
        row_at[i] = (double)NAN;
    }
    view.order = order;
    if (toss(rng)) view.n_order = n;
    view.ordered_by = toss(rng) ? "by held-out accuracy" : NULL;
    view.bet = (int32_t)dy_rng_below(rng, n + 1);
    if (toss(rng)) return;
    dy_rank_by by = toss(rng) ? DY_RANK_LOSS : DY_RANK_ACCURACY;
    cr_assert(dy_ranking_make(&ranking, &arena, traces, n, by, 0.95, &err), "%s", err.text);
    view.ranking = &ranking;
    view.row_at = row_at;
}

static void ask_marks(dy_rng *rng, int32_t n)
{
    static dy_order edits[MOST];
    static dy_handle handles[4];
    static dy_sketch sketch;
    static dy_guide guides[6];
    static const dy_point DRAWN[] = { { 0, 1 }, { 30, 0.5 }, { 60, 0.1 }, { 90, 0.2 } };
    for (int i = 0; i < MOST; i++)
        edits[i] = (dy_order){ .act = (dy_act)dy_rng_below(rng, DY_ACTS),
                               .lane = DY_EVERY_LANE,
                               .run = (int32_t)dy_rng_below(rng, n + 1) - 1,
                               .step = dy_rng_below(rng, 120),
                               .count = dy_rng_below(rng, 100) };
    for (int i = 0; i < 4; i++)
        handles[i] = (dy_handle){ i % 2 ? DY_LR : DY_MOMENTUM, 0,
                                  (double)dy_rng_below(rng, 100), dy_rng_uniform(rng), i == 2 };
    for (int i = 0; i < 6; i++)
        guides[i] = (dy_guide){ i % 2 ? DY_PANE_LOOP : DY_PANE_LOSS, toss(rng),
                                50 * dy_rng_uniform(rng), "steepest descent" };
    sketch = (dy_sketch){ DY_PANE_LOSS, -1, DRAWN, 4, "prediction: 71 points" };
    view.edits = edits;
    view.n_edits = toss(rng) ? MOST : 0;
    view.handles = handles;
    view.n_handles = toss(rng) ? 4 : 0;
    view.guides = guides;
    view.n_guides = toss(rng) ? 6 : 0;
    view.sketches = &sketch;
    view.n_sketches = toss(rng) ? 1 : 0;
}

static const dy_button BUTTONS[] = {
    { 1, DY_GLYPH_PAUSE, "pause, go on", "space", false, false, false },
    { 2, DY_GLYPH_STEP, "one update", "n", false, true, false },
    { 3, DY_GLYPH_STOP, "stop", "x", true, false, true },
    { 4, DY_GLYPH_FORK, "fork from the update that was clicked", "f", false, false, true },
};

static void ask_foot(dy_rng *rng)
{
    static dy_bar bar;
    static dy_button buttons[24];
    static dy_menu menu;
    bar = (dy_bar){ "training",
                    1234567,
                    9999999,
                    12.34,
                    1530,
                    20,
                    toss(rng) ? "warm.lua:6: derny.train: unknown field 'momentun' (did you "
                                "mean 'momentum'?)"
                              : NULL,
                    toss(rng) };
    for (int i = 0; i < 24; i++) buttons[i] = BUTTONS[i % 4];
    menu = (dy_menu){ { 5000 * dy_rng_uniform(rng), 3000 * dy_rng_uniform(rng) }, BUTTONS, 4 };
    view.bar = toss(rng) ? &bar : NULL;
    view.buttons = buttons;
    view.n_buttons = toss(rng) ? 24 : 0;
    view.menu = dy_rng_below(rng, 4) == 0 ? &menu : NULL;
    view.caption = toss(rng) ? "The constant rate is too large to settle: watch its loss stop "
                               "falling while one cycle is still at its peak, and then fall."
                             : NULL;
}

static void ask_over(dy_rng *rng)
{
    static const dy_entry ENTRY = { "learning rate at update 1,200", "0.05", 2,
                                    "want a number from 0 to 1e6", true };
    static const dy_help HELP[] = {
        { NULL, NULL, "training" },
        { "space", "the button", "pause, go on" },
        { "n", "the button", "one update" },
        { NULL, NULL, "the schedule ahead" },
        { "b", "drag a handle", "bend it: move keyframes of what is to come" },
        { "d", "draw", "a tail by hand" },
    };
    view.entry = dy_rng_below(rng, 4) == 0 ? &ENTRY : NULL;
    view.help = HELP;
    view.n_help = dy_rng_below(rng, 4) == 0 ? sizeof HELP / sizeof *HELP : 0;
    view.hovered = toss(rng);
    view.hover = dy_rng_below(rng, 120);
    view.pointed = toss(rng);
    view.pointer =
        (dy_point){ view.width_px * dy_rng_uniform(rng), view.height_px * dy_rng_uniform(rng) };
    view.slider = toss(rng);
}

void everything_view(dy_rng *rng, dy_trace *traces, int32_t n)
{
    static const double SIZES[][2] = {
        { 640, 400 }, { 800, 600 }, { 600, 900 }, { 1280, 800 }, { 1920, 1080 }, { 3840, 2160 },
    };
    const double *size = SIZES[dy_rng_below(rng, 6)];
    view = dy_view_defaults();
    view.width_px = size[0];
    view.height_px = size[1];
    view.scale = toss(rng) ? 1 : 2;
    /* large type, larger than a room's last row needs */
    if (toss(rng)) view.text_px = fmin(size[0] / 40, size[1] / 25);
    view.smoothing = toss(rng) ? -1 : 7;
    view.title = toss(rng) ? "A title of some length for all of these runs" : NULL;
    view.dark = toss(rng);
    for (int32_t i = 0; i < n; i++)
        if (dy_rng_below(rng, 5) == 0) traces[i].show = (dy_show)dy_rng_below(rng, 4);
    ask_panes(rng);
    if (n > 0) ask_rows(rng, traces, n);
    ask_marks(rng, n);
    if (n == 0) view.n_handles = 0;
    ask_foot(rng);
    ask_over(rng);
}
