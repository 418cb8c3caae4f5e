/* layout.c - see layout.h.   SPDX-License-Identifier: MIT */
#include "view/layout.h"

#include "view/axis.h"

#include <math.h>

/* In ems. */
static const double HEADING = 1.75;   /* above a pane, for its name */
static const double PANE_GAP = 0.7;   /* and between that and the pane above */
static const double LEAST_PANE = 2;   /* of height */
static const double LEAST_SQUARE = 5; /* of either side */
static const double GRID_GAP = 1.6;

/* Usual shares of the height that is left for data. */
static const double SHARES[DY_PANE_KINDS] = {
    [DY_PANE_LR] = 0.27,    [DY_PANE_MOMENTUM] = 0.2, [DY_PANE_LOSS] = 0.53,
    [DY_PANE_RATE] = 0.27,  [DY_PANE_ACCURACY] = 0.4, [DY_PANE_GRADIENT] = 0.27,
    [DY_PANE_RATIO] = 0.27, [DY_PANE_LOOP] = 1,       [DY_PANE_PLANE] = 1,
    [DY_PANE_WEIGHTS] = 1,
};

bool dy_layout_take(dy_draft *draft)
{
    static const dy_pane_spec USUAL[] = {
        { .kind = DY_PANE_LR },
        { .kind = DY_PANE_MOMENTUM },
        { .kind = DY_PANE_LOSS },
    };

    bool asked = draft->view->n_panes > 0;
    draft->n_panes = asked ? draft->view->n_panes : 3;
    draft->panes = dy_draft_take(draft, draft->n_panes, sizeof *draft->panes);
    draft->specs = dy_draft_take(draft, draft->n_panes, sizeof *draft->specs);
    if (draft->failed) return false;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        dy_pane_spec *spec = &draft->specs[p];
        *spec = asked ? draft->view->panes[p] : USUAL[p];
        if (spec->share <= 0) spec->share = SHARES[spec->kind];
        draft->panes[p].kind = spec->kind;
    }
    return true;
}

static bool is_in(const dy_pane *pane, bool over_updates)
{
    return pane->shown && dy_pane_over_updates(pane->kind) == over_updates;
}

int32_t dy_layout_count(const dy_draft *draft, bool over_updates)
{
    int32_t n = 0;
    for (int32_t p = 0; p < draft->n_panes; p++) n += is_in(&draft->panes[p], over_updates);
    return n;
}

/* ---- on each other ---- */

static double sum_of_shares(const dy_draft *draft)
{
    double sum = 0;
    for (int32_t p = 0; p < draft->n_panes; p++)
        if (is_in(&draft->panes[p], true)) sum += draft->specs[p].share;
    return sum;
}

static dy_pane *smallest(const dy_draft *draft)
{
    int32_t least = -1;
    for (int32_t p = 0; p < draft->n_panes; p++)
        if (is_in(&draft->panes[p], true) &&
            (least < 0 || draft->specs[p].share < draft->specs[least].share))
            least = p;
    return least < 0 ? NULL : &draft->panes[least];
}

/* The height for data when all names and gaps have theirs. */
static double data_height(const dy_draft *draft, double h)
{
    int32_t n = dy_layout_count(draft, true);
    return h - (n * HEADING + (n - 1) * PANE_GAP) * draft->em;
}

/* A share of the height, but no less than can be read. */
static double height_of(const dy_draft *draft, double data_h, double share)
{
    int32_t n = dy_layout_count(draft, true);
    double least = fmin(LEAST_PANE * draft->em, data_h / n);
    return least + (data_h - n * least) * share / sum_of_shares(draft);
}

static void drop_panes(dy_draft *draft, double h)
{
    while (dy_layout_count(draft, true) > 1 &&
           data_height(draft, h) < dy_layout_count(draft, true) * LEAST_PANE * draft->em)
        smallest(draft)->shown = false;
}

/* Its labels take `gutter` of the width. */
static void set_across(dy_pane *pane, double x, double w, double gutter)
{
    x += gutter;
    w -= gutter;
    pane->gutter = gutter;
    pane->box.x = x;
    pane->box.w = w;
    pane->x.from_px = x;
    pane->x.to_px = x + w;
}

static void set_down(const dy_draft *draft, dy_pane *pane, double y, double h)
{
    pane->box.y = y;
    pane->box.h = h;
    pane->y.from_px = y + h;
    pane->y.to_px = y;
    dy_axis_choose(draft, pane);
}

void dy_layout_stack(dy_draft *draft, dy_box free, double depth)
{
    double em = draft->em;
    double y = free.y;
    double gutter = dy_axis_margin(draft);
    drop_panes(draft, free.h - depth);
    double data_h = fmax(data_height(draft, free.h - depth), em);
    for (int32_t p = 0; p < draft->n_panes; p++) {
        dy_pane *pane = &draft->panes[p];
        if (!is_in(pane, true)) continue;
        set_down(draft, pane, y + HEADING * em,
                 height_of(draft, data_h, draft->specs[p].share));
        gutter = fmax(gutter, dy_axis_room(draft, pane));
        y = pane->y.from_px + PANE_GAP * em;
    }
    for (int32_t p = 0; p < draft->n_panes; p++)
        if (is_in(&draft->panes[p], true))
            set_across(&draft->panes[p], free.x, fmax(free.w, gutter + em), gutter);
}

/* ---- by themselves ---- */

/* What stands left of and under the data of one. */
static double left_of(dy_draft *draft, const dy_pane *pane)
{
    return pane->kind == DY_PANE_LOOP ? dy_axis_room(draft, pane) : 0;
}

static double beneath(const dy_draft *draft, const dy_pane *pane)
{
    return pane->kind == DY_PANE_LOOP ? dy_axis_across_depth(draft) : 0;
}

/* The columns that leave the cells nearest to squares. */
static int32_t columns_for(int32_t n, const dy_box *free)
{
    int32_t best = 1;
    double best_side = 0;
    for (int32_t columns = 1; columns <= n; columns++) {
        int32_t rows = (n + columns - 1) / columns;
        double side = fmin(free->w / columns, free->h / rows);
        if (side > best_side) best = columns;
        best_side = fmax(best_side, side);
    }
    return best;
}

static void place_square(dy_draft *draft, dy_pane *pane, dy_box cell)
{
    double top = HEADING * draft->em;
    double h = cell.h - top - beneath(draft, pane);
    if (h < LEAST_SQUARE * draft->em || cell.w < LEAST_SQUARE * draft->em) {
        pane->shown = false;
        return;
    }
    set_down(draft, pane, cell.y + top, h);
    double left = left_of(draft, pane);
    set_across(pane, cell.x, fmax(cell.w, left + draft->em), left);
}

void dy_layout_grid(dy_draft *draft, dy_box free)
{
    int32_t n = dy_layout_count(draft, false);
    int32_t columns = columns_for(n, &free);
    int32_t rows = n > 0 ? (n + columns - 1) / columns : 1;
    double gap = GRID_GAP * draft->em;
    dy_box cell = {
        .w = (free.w - (columns - 1) * gap) / columns,
        .h = (free.h - (rows - 1) * PANE_GAP * draft->em) / rows,
    };
    int32_t i = 0;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        if (!is_in(&draft->panes[p], false)) continue;
        int32_t row = i / columns;
        cell.x = free.x + (i - row * columns) * (cell.w + gap);
        cell.y = free.y + row * (cell.h + PANE_GAP * draft->em);
        place_square(draft, &draft->panes[p], cell);
        i++;
    }
}
