/* rider.c - see rider.h.   SPDX-License-Identifier: MIT */
#include "view/rider.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

static const double SMALL = 0.92; /* of an em: the second line */

static const dy_rider *rider_of(const dy_draft *draft, int32_t rank)
{
    return &draft->view->ranking->riders[rank];
}

static bool is_out(const dy_draft *draft, const dy_rider *rider)
{
    return draft->traces[rider->trace].run.outcome->status == DY_DIVERGED;
}

/* 0.2031, 97.76 % */
static void format_value(const dy_ranking *ranking, double value, char *to, size_t size)
{
    if (ranking->by == DY_RANK_LOSS)
        dy_format_loss(to, size, value);
    else
        snprintf(to, size, "%.2f %%", fmax(-1e6, fmin(100 * value, 1e6)));
}

/* "+120", or "+0.0183" where updates cannot be said. */
static void format_gap(const dy_draft *draft, const dy_rider *rider, char *to, size_t size)
{
    char gap[32];
    if (rider->updates >= 0) {
        dy_format_count(gap, sizeof gap, rider->updates);
        snprintf(to, size, "+%s", gap);
        return;
    }
    format_value(draft->view->ranking, rider->behind, gap, sizeof gap);
    snprintf(to, size, "%s%s", draft->view->ranking->by == DY_RANK_LOSS ? "+" : "−", gap);
}

void dy_rider_value(const dy_draft *draft, int32_t rank, bool tall, char *to, size_t size)
{
    const dy_rider *rider = rider_of(draft, rank);
    to[0] = '\0';
    if (is_out(draft, rider))
        snprintf(to, size, "diverged");
    else if (isfinite(rider->value) && (tall || rank == 0))
        format_value(draft->view->ranking, rider->value, to, size);
    else if (isfinite(rider->value))
        format_gap(draft, rider, to, size);
}

/* "leads", "+120 updates  ·  +0.0183" */
static void describe(const dy_draft *draft, int32_t rank, char *to, size_t size)
{
    const dy_rider *rider = rider_of(draft, rank);
    bool loss = draft->view->ranking->by == DY_RANK_LOSS;
    char updates[32];
    char behind[32];
    to[0] = '\0';
    if (is_out(draft, rider) || !isfinite(rider->value)) return;
    dy_format_count(updates, sizeof updates, rider->updates);
    format_value(draft->view->ranking, rider->behind, behind, sizeof behind);
    if (rank == 0)
        snprintf(to, size, "leads");
    else if (rider->updates >= 0)
        snprintf(to, size, "+%s updates  ·  %s%s", updates, loss ? "+" : "−", behind);
    else
        snprintf(to, size, "%s%s", loss ? "+" : "−", behind);
}

/* "97 % at 1,240" */
static void describe_target(const dy_draft *draft, const dy_rider *rider, char *to, size_t size)
{
    char count[32];
    to[0] = '\0';
    if (rider->past < 0) return;
    dy_format_count(count, sizeof count, rider->past);
    snprintf(to, size, "%.6g %% at %s", 100 * draft->view->ranking->target, count);
}

static dy_type small_type(const dy_draft *draft)
{
    return (dy_type){ SMALL * draft->em, draft->theme.quiet, DY_LEFT, false };
}

double dy_rider_width(const dy_draft *draft, int32_t rank)
{
    char text[160];
    describe(draft, rank, text, sizeof text);
    double width = dy_draft_width(draft, small_type(draft), text);
    describe_target(draft, rider_of(draft, rank), text, sizeof text);
    if (text[0]) width += 2.4 * draft->em + dy_draft_width(draft, small_type(draft), text);
    return width;
}

void dy_rider_draw(dy_draft *draft, int32_t rank, dy_point at, double width)
{
    const dy_rider *rider = rider_of(draft, rank);
    double em = draft->em;
    dy_type type = small_type(draft);
    char gap[160];
    char target[96];
    describe(draft, rank, gap, sizeof gap);
    describe_target(draft, rider, target, sizeof target);
    double target_w = target[0] ? dy_draft_width(draft, type, target) + 1.2 * em : 0;
    bool first = draft->view->ranking->first == rider->trace;
    if (target[0] && target_w <= width) {
        dy_type right = { type.size, first ? draft->theme.ink : type.colour, DY_RIGHT, first };
        double text_w = dy_draft_width(draft, right, target);
        dy_draft_text(draft, (dy_point){ at.x + width, at.y }, right, target);
        dy_glyph_draw(draft, DY_GLYPH_FLAG,
                      (dy_point){ at.x + width - text_w - 0.7 * em, at.y - 0.34 * em },
                      0.9 * em, first ? draft->theme.lit : draft->theme.quiet);
        width -= text_w + 1.8 * em;
    }
    dy_draft_parts_in(draft, at, type, gap, width);
}
