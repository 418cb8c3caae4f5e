/* live_picture.c - what is to be seen, as a scene.   SPDX-License-Identifier: MIT */
#include "view/live_inside.h"

#include <math.h>
#include <string.h>

static const double LARGE_TYPE = 1.45;  /* times the usual */
static const double TARGETS_FROM = 0.5; /* accuracy: the least that is a target */

enum { SKETCHES_MOST = 3 };

/* What a view borrows for as long as a scene is made. */
typedef struct props {
    dy_pane_spec panes[DY_PANE_KINDS];
    dy_button buttons[DY_BUTTONS_MOST];
    dy_handle handles[DY_HANDLES_MOST];
    dy_sketch sketches[SKETCHES_MOST];
    dy_bar bar;
    dy_menu menu;
    dy_entry entry;
    dy_ranking ranking;
    char prompt[120], guess[60];
    dy_curve ghosts[2];
} props;

const dy_scene *dy_live_scene(const dy_live *l)
{
    return &l->shown[l->front].scene;
}

int32_t dy_live_trace_of(const dy_live *l, int32_t run)
{
    const dy_shown *shown = &l->shown[l->front];
    for (int32_t i = 0; i < shown->n; i++)
        if (shown->traces[i].run.index == run) return i;
    return -1;
}

static int32_t trace_of(const dy_shown *shown, int32_t run)
{
    for (int32_t i = 0; i < shown->n; i++)
        if (shown->traces[i].run.index == run) return i;
    return -1;
}

/* --- runs in order ------------------------------------------------------------------------------------------------ */

/* By rank, or by name. */
static bool goes_before(const dy_live *l, const dy_shown *shown, const int32_t *rank, int32_t a,
                        int32_t b)
{
    if (l->look.sort != DY_SORT_NAME) return rank[a] < rank[b];
    int by_name = strcmp(shown->traces[a].run.card->name, shown->traces[b].run.card->name);
    return by_name < 0 || (by_name == 0 && a < b);
}

static void sort_rows(const dy_live *l, const dy_shown *shown, const int32_t *rank,
                      int32_t *order, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        int32_t row = order[i], k = i;
        for (; k > 0 && goes_before(l, shown, rank, row, order[k - 1]); k--)
            order[k] = order[k - 1];
        order[k] = row;
    }
}

static bool order_rows(const dy_live *l, dy_shown *shown, const dy_ranking *ranking,
                       dy_view *view, dy_error *err)
{
    static const char *const BY[DY_SORTS] = { NULL, "loss", "accuracy", "name" };
    int32_t n = shown->n;
    int32_t *order = dy_arena_take(&shown->arena, n, sizeof *order, err);
    int32_t *rank = order ? dy_arena_take(&shown->arena, n, sizeof *rank, err) : NULL;
    if (!rank) return false;
    for (int32_t i = 0; i < n; i++) {
        order[i] = i;
        rank[i] = ranking->n + i;
    }
    for (int32_t i = 0; i < ranking->n; i++) rank[ranking->riders[i].trace] = i;
    sort_rows(l, shown, rank, order, n);
    view->order = order;
    view->n_order = n;
    view->ordered_by = BY[l->look.sort];
    return true;
}

/* The next round tenth of accuracy that the leader has passed: there is always somebody to be first. */
static double target_of(const dy_shown *shown)
{
    double best = 0;
    for (int32_t i = 0; i < shown->n; i++)
        for (int64_t m = 0; m < shown->traces[i].marks; m++) {
            const dy_mark *mark = &shown->traces[i].run.marks[m];
            if (mark->kind == DY_MARK_SCORE && mark->accuracy > best) best = mark->accuracy;
        }
    double target = floor(20 * best) / 20;
    return target >= TARGETS_FROM ? target : 0;
}

static bool set_rows(const dy_live *l, dy_shown *shown, props *p, dy_view *view, dy_error *err)
{
    bool ranked = l->look.ranked && shown->n > 1;
    if (shown->n == 0 || (!ranked && l->look.sort == DY_SORT_NONE)) return true;
    dy_rank_by by = l->look.sort == DY_SORT_ACCURACY ? DY_RANK_ACCURACY : DY_RANK_LOSS;
    if (!dy_ranking_make(&p->ranking, &shown->arena, shown->traces, shown->n, by,
                         target_of(shown), err))
        return false;
    if (ranked) view->ranking = &p->ranking;
    return ranked || order_rows(l, shown, &p->ranking, view, err);
}

/* --- the schedule at hand ----------------------------------------------------------------------------------------- */

static void set_ghosts(const dy_live *l, dy_shown *shown, props *p)
{
    int32_t trace = trace_of(shown, l->hold.run);
    if (trace < 0) return;
    for (dy_channel c = DY_LR; c <= DY_MOMENTUM; c++)
        if (dy_hold_ghost(&l->hold, c, &p->ghosts[c], &shown->arena))
            shown->traces[trace].plan[c] = &p->ghosts[c];
}

static void set_handles(const dy_live *l, const dy_shown *shown, props *p, dy_view *view)
{
    int32_t trace = trace_of(shown, l->hold.run);
    if (trace < 0 || shown->traces[trace].show == DY_HIDDEN) return;
    view->handles = p->handles;
    view->n_handles = dy_hold_handles(&l->hold, trace, p->handles, DY_HANDLES_MOST);
}

static void add_sketch(dy_view *view, props *p, dy_pane_kind pane, int32_t run,
                       const dy_stroke_line *line, const char *label)
{
    if (line->n < 2) return;
    p->sketches[view->n_sketches++] = (dy_sketch){
        .pane = pane, .run = run, .points = line->points, .n = line->n, .label = label
    };
    view->sketches = p->sketches;
}

static void set_sketches(const dy_live *l, const dy_shown *shown, props *p, dy_view *view)
{
    int32_t run = trace_of(shown, l->guess.run);
    const dy_tape *tape = run >= 0 ? shown->traces[run].run.tape : NULL;
    dy_pane_kind pane = l->hold.channel == DY_LR ? DY_PANE_LR : DY_PANE_MOMENTUM;
    add_sketch(view, p, pane, -1, &l->hold.stroke, NULL);
    add_sketch(view, p, DY_PANE_LOSS, -1, &l->guess.line,
               dy_guess_label(&l->guess, tape, p->guess, sizeof p->guess));
    view->bet = 1 + trace_of(shown, l->guess.bet);
}

/* --- around the panes --------------------------------------------------------------------------------------------- */

static void set_buttons(const dy_live *l, const dy_shown *shown, props *p, dy_view *view)
{
    dy_verb_state state = { .paused = l->want_paused,
                            .running = l->board && l->feed.running && !l->over,
                            .race = shown->n > 1,
                            .ranked = l->look.ranked,
                            .following = l->look.follow,
                            .drawing = l->hold.drawing,
                            .predicting = l->guess.open,
                            .dark = l->look.dark,
                            .large = l->look.large,
                            .undo = l->n_undo > 0 };
    view->buttons = p->buttons;
    view->n_buttons = dy_verb_buttons(p->buttons, &state);
}

static void set_entry(const dy_live *l, props *p, dy_view *view)
{
    const dy_key *key = dy_hold_key(&l->hold);
    if (!l->field.open || !key) return;
    snprintf(p->prompt, sizeof p->prompt, "%s at update %.0f",
             l->hold.channel == DY_LR ? "learning rate" : "momentum", key->step);
    p->entry = (dy_entry){ .prompt = p->prompt,
                           .text = l->field.text,
                           .cursor = l->field.cursor,
                           .hint = l->field_hint,
                           .alarm = l->field_wrong };
    view->entry = &p->entry;
}

/* What derny.say said last, of any run in sight. */
static const char *newest_note(const dy_shown *shown)
{
    for (int32_t i = shown->n - 1; i >= 0; i--)
        for (int64_t m = shown->traces[i].marks - 1; m >= 0; m--)
            if (shown->traces[i].run.marks[m].kind == DY_MARK_NOTE)
                return shown->traces[i].run.marks[m].text;
    return NULL;
}

/* --- the view ----------------------------------------------------------------------------------------------------- */

static double text_px(const dy_live *l, double width_px, double height_px)
{
    double usual = 11.5 * sqrt(fmin(width_px / 800, height_px / 600));
    return fmax(9, fmin(usual, 13)) * (l->look.large ? LARGE_TYPE : 1);
}

static void set_sight(const dy_look *look, dy_view *view)
{
    if (look->to > look->from) {
        view->from = (int64_t)floor(look->from);
        view->to = (int64_t)ceil(look->to);
    }
    view->smoothing = look->smoothing;
    view->dark = look->dark;
    view->hovered = look->hovered;
    view->hover = (int64_t)round(look->hover);
}

static void set_portraits(const dy_live *l, dy_view *view)
{
    if (l->portrait_kind == DY_PORTRAIT_PLANE) {
        view->plane = l->portrait;
        view->examples = l->portrait->examples;
        view->n_examples = l->portrait->n_examples;
    }
    if (l->portrait_kind == DY_PORTRAIT_WEIGHTS) view->weights = l->portrait;
}

/* What one acts with. */
static void set_tools(const dy_live *l, const dy_shown *shown, props *p, dy_view *view)
{
    view->pointed = l->pointed;
    view->pointer = l->pointer;
    view->slider = true;
    if (l->board) set_handles(l, shown, p, view);
    dy_live_fill_bar(l, &p->bar);
    view->bar = &p->bar;
    set_buttons(l, shown, p, view);
    set_entry(l, p, view);
    if (l->menu.kind != DY_MENU_NONE) {
        p->menu = (dy_menu){ .at = l->menu.at, .rows = l->menu.rows, .n = l->menu.n };
        view->menu = &p->menu;
    }
    if (l->look.help) view->n_help = dy_verb_help(&view->help);
}

static bool make_scene(const dy_live *l, dy_shown *shown, dy_view *view, bool bare,
                       dy_error *err)
{
    props *p = dy_arena_take(&shown->arena, 1, sizeof *p, err);
    if (!p) return false;
    view->panes = p->panes;
    view->n_panes = dy_look_panes(&l->look, p->panes);
    set_sight(&l->look, view);
    if (l->board) {
        view->edits = l->feed.edits;
        view->n_edits = l->feed.n_edits;
        set_ghosts(l, shown, p);
        set_sketches(l, shown, p, view);
        set_portraits(l, view);
    }
    view->caption = newest_note(shown);
    if (!bare) set_tools(l, shown, p, view);
    return set_rows(l, shown, p, view, err) &&
           dy_scene_make(&shown->scene, &shown->arena, shown->traces, shown->n, view, err);
}

bool dy_live_compose(const dy_live *l, dy_shown *shown, double width_px, double height_px,
                     double scale, bool bare, dy_error *err)
{
    dy_view view = dy_view_defaults();
    dy_arena_close(&shown->arena);
    shown->n = 0;
    view.width_px = width_px;
    view.height_px = height_px;
    view.scale = scale;
    view.text_px = text_px(l, width_px, height_px);
    view.measure = dy_paint_measure;
    if (l->board && l->feed.lanes > 1)
        view.title = l->spec.script; /* of one run its own name */
    bool read = !l->board || dy_feed_traces(&l->feed, &l->look, &shown->traces, &shown->n,
                                            &shown->arena, err);
    return read && make_scene(l, shown, &view, bare, err);
}
