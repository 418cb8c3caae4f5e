/* axis.c - see axis.h.   SPDX-License-Identifier: MIT */
#include "view/axis.h"

#include <math.h>

/* In ems. */
static const double TICK_ROOM = 2.7;   /* of height to a tick of values */
static const double LEAST_ROOM = 1.1;  /* and no less than this between two labels */
static const double LABEL_GAP = 0.6;   /* between a label and its axis */
static const double LABEL_SPACE = 1.6; /* between labels side by side, at least */
static const double ROW = 1.45;        /* from one row of labels to the next */
static const double HALF_FIGURE =
    0.36; /* half the height of a figure: centres it on its tick */
static const double TICK = 0.35;

static dy_type label_type(const dy_draft *draft, dy_anchor anchor)
{
    return (dy_type){ 0.92 * draft->em, draft->theme.quiet, anchor, false };
}

/* In a pane that is very low, even two labels may touch: the upper ones are then minor ticks. */
static void thin_labels(const dy_draft *draft, dy_pane *pane)
{
    double free_to = (double)INFINITY;
    for (int i = 0; i < pane->ticks.n; i++) {
        dy_tick *tick = &pane->ticks.tick[i];
        double y = dy_scale_at(&pane->y, tick->at);
        if (tick->label[0] && y > free_to) tick->label[0] = '\0';
        if (tick->label[0]) free_to = y - LEAST_ROOM * draft->em;
    }
}

void dy_axis_choose(const dy_draft *draft, dy_pane *pane)
{
    double wanted = fmax(2, pane->box.h / (TICK_ROOM * draft->em));
    if (pane->y.log)
        dy_ticks_log(&pane->ticks, pane->y.lo, pane->y.hi, wanted);
    else
        dy_ticks_linear(&pane->ticks, pane->y.lo, pane->y.hi, wanted, false);
    thin_labels(draft, pane);
}

double dy_axis_room(const dy_draft *draft, const dy_pane *pane)
{
    double widest = 0;
    for (int i = 0; i < pane->ticks.n; i++) {
        const char *label = pane->ticks.tick[i].label;
        widest = fmax(widest, dy_draft_width(draft, label_type(draft, DY_RIGHT), label));
    }
    return widest + LABEL_GAP * draft->em;
}

static void value_tick(dy_draft *draft, const dy_pane *pane, const dy_tick *tick)
{
    const dy_box *box = &pane->box;
    double y = dy_scale_at(&pane->y, tick->at);
    if (!tick->label[0]) {
        dy_draft_rule(draft, (dy_point){ box->x - TICK / 2 * draft->em, y },
                      (dy_point){ box->x, y }, draft->theme.axis, DY_SOLID);
        return;
    }
    dy_draft_rule(draft, (dy_point){ box->x, y }, (dy_point){ box->x + box->w, y },
                  draft->theme.grid, DY_SOLID);
    dy_point at = { box->x - LABEL_GAP * draft->em, y + HALF_FIGURE * 0.92 * draft->em };
    dy_draft_text(draft, at, label_type(draft, DY_RIGHT), tick->label);
}

void dy_axis_pane(dy_draft *draft, const dy_pane *pane)
{
    const dy_box *box = &pane->box;
    for (int i = 0; i < pane->ticks.n; i++) value_tick(draft, pane, &pane->ticks.tick[i]);
    double floor_y = box->y + box->h;
    dy_draft_rule(draft, (dy_point){ box->x, floor_y }, (dy_point){ box->x + box->w, floor_y },
                  draft->theme.axis, DY_SOLID);
}

void dy_axis_heading(dy_draft *draft, const dy_pane *pane, const char *note, double right)
{
    const dy_box *box = &pane->box;
    double y = box->y - 0.55 * draft->em;
    dy_type head = { draft->em, draft->theme.ink, DY_LEFT, true };
    dy_type type = label_type(draft, DY_LEFT);
    char fitted[200];
    dy_draft_fit(draft, head, dy_pane_name(pane->kind), right - box->x, fitted, sizeof fitted);
    dy_draft_text(draft, (dy_point){ box->x, y }, head, fitted);
    double x = box->x + dy_draft_width(draft, head, fitted) + 0.7 * draft->em;
    dy_draft_parts_in(draft, (dy_point){ x, y }, type, note, right - x);
}

/* Whole numbers over x / unit whose labels leave room between each other. */
static void whole_ticks(const dy_draft *draft, const dy_scale *x, double unit, dy_ticks *ticks)
{
    double width = fabs(x->to_px - x->from_px);
    int wanted = (int)fmin(12, width / (4 * draft->em));
    for (;; wanted--) {
        dy_ticks_linear(ticks, x->lo / unit, x->hi / unit, wanted, true);
        double widest = 0;
        for (int i = 0; i < ticks->n; i++)
            widest = fmax(widest, dy_draft_width(draft, label_type(draft, DY_CENTRE),
                                                 ticks->tick[i].label));
        double room = width / fmax(1, ticks->n - 1);
        if (wanted <= 2 || room > widest + LABEL_SPACE * draft->em) return;
    }
}

void dy_axis_epochs(dy_draft *draft)
{
    dy_ticks ticks;
    double unit = (double)draft->epoch_steps;
    const dy_scale *across = NULL;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        const dy_box *box = &pane->box;
        if (!pane->shown || !dy_pane_over_updates(pane->kind)) continue;
        if (!across) whole_ticks(draft, &pane->x, unit, &ticks);
        across = &pane->x;
        for (int i = 0; i < ticks.n; i++) {
            double x = dy_scale_at(across, ticks.tick[i].at * unit);
            if (ticks.tick[i].at > 0)
                dy_draft_rule(draft, (dy_point){ x, box->y }, (dy_point){ x, box->y + box->h },
                              draft->theme.grid, DY_SOLID);
        }
    }
}

static dy_type row_type(const dy_draft *draft)
{
    dy_type type = label_type(draft, DY_LEFT);
    type.bold = true;
    return type;
}

double dy_axis_margin(const dy_draft *draft)
{
    return dy_draft_width(draft, row_type(draft), "update") + 1.3 * draft->em;
}

/* One row of labels, with its name in the margin; `unit` updates count as one. */
static void label_row(dy_draft *draft, const dy_pane *pane, double unit, double baseline,
                      const char *name)
{
    dy_ticks ticks;
    whole_ticks(draft, &pane->x, unit, &ticks);
    for (int i = 0; i < ticks.n; i++) {
        double x = dy_scale_at(&pane->x, ticks.tick[i].at * unit);
        dy_draft_text(draft, (dy_point){ x, baseline }, label_type(draft, DY_CENTRE),
                      ticks.tick[i].label);
        if (unit > 1) continue;
        double y = pane->box.y + pane->box.h;
        dy_draft_rule(draft, (dy_point){ x, y }, (dy_point){ x, y + TICK * draft->em },
                      draft->theme.axis, DY_SOLID);
    }
    dy_draft_text(draft, (dy_point){ DY_MARGIN * draft->em, baseline }, row_type(draft), name);
}

void dy_axis_updates(dy_draft *draft, const dy_pane *pane, double drop)
{
    double y = pane->box.y + pane->box.h + drop + (TICK + 1.0) * draft->em;
    label_row(draft, pane, 1, y, "update");
    if (draft->epoch_steps > 0)
        label_row(draft, pane, (double)draft->epoch_steps, y + ROW * draft->em, "epoch");
}

double dy_axis_depth(const dy_draft *draft)
{
    return (TICK + 1.0 + (draft->epoch_steps > 0 ? ROW : 0)) * draft->em;
}

/* Whether the labels under an axis leave room between each other; those at its right end lie inside it. */
static bool are_apart(const dy_draft *draft, const dy_scale *x, const dy_ticks *ticks)
{
    double free_from = -(double)INFINITY;
    for (int i = 0; i < ticks->n; i++) {
        const dy_tick *tick = &ticks->tick[i];
        if (!tick->label[0]) continue;
        double half = dy_draft_width(draft, label_type(draft, DY_CENTRE), tick->label) / 2;
        double at = fmin(dy_scale_at(x, tick->at), x->to_px - half);
        if (at - half < free_from) return false;
        free_from = at + half + LABEL_SPACE / 2 * draft->em;
    }
    return true;
}

/* Ticks of any values, fewer and fewer until their labels are apart. */
static void across_ticks(const dy_draft *draft, const dy_scale *x, dy_ticks *ticks)
{
    double width = fabs(x->to_px - x->from_px);
    int most = (int)fmin(10, width / (4 * draft->em));
    for (int wanted = most; wanted > 1; wanted--) {
        if (x->log)
            dy_ticks_log(ticks, x->lo, x->hi, wanted);
        else
            dy_ticks_linear(ticks, x->lo, x->hi, wanted, false);
        if (are_apart(draft, x, ticks)) return;
    }
    ticks->n = 0;
}

void dy_axis_across(dy_draft *draft, const dy_pane *pane, const char *name)
{
    const dy_box *box = &pane->box;
    double y = box->y + box->h;
    double em = draft->em;
    dy_ticks ticks = { 0 };
    across_ticks(draft, &pane->x, &ticks);
    for (int i = 0; i < ticks.n; i++) {
        const dy_tick *tick = &ticks.tick[i];
        double x = dy_scale_at(&pane->x, tick->at);
        double length = (tick->label[0] ? TICK : TICK / 2) * em;
        dy_draft_rule(draft, (dy_point){ x, y }, (dy_point){ x, y + length }, draft->theme.axis,
                      DY_SOLID);
        dy_type type = label_type(draft, DY_CENTRE);
        double half = dy_draft_width(draft, type, tick->label) / 2;
        x = fmin(x, box->x + box->w - half);
        dy_draft_text(draft, (dy_point){ x, y + (TICK + 1) * em }, type, tick->label);
    }
    dy_type type = label_type(draft, DY_RIGHT);
    type.bold = true;
    if (dy_draft_width(draft, type, name) <= box->w)
        dy_draft_text(draft, (dy_point){ box->x + box->w, y + (TICK + 1 + ROW) * em }, type,
                      name);
}

double dy_axis_across_depth(const dy_draft *draft)
{
    return (TICK + 1 + ROW + 0.3) * draft->em;
}
