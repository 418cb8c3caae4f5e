/* slider.c - see slider.h.   SPDX-License-Identifier: MIT */
#include "view/slider.h"

#include <math.h>

static const double NONE = 0.04; /* of the way: no smoothing */

/* In ems. */
static const double LENGTH = 7;
static const double KNOB = 0.4;

double dy_slider_most(dy_sight sight)
{
    return fmax(2, (double)(sight.to - sight.from) / 4);
}

double dy_slider_value(double share, double most)
{
    if (!(share > NONE)) return 0;
    return pow(most, (fmin(share, 1) - NONE) / (1 - NONE));
}

double dy_slider_share(double smoothing, double most)
{
    if (!(smoothing > 0)) return 0;
    double share = NONE + (1 - NONE) * log(fmax(smoothing, 1)) / log(most);
    return fmin(share, 1);
}

double dy_slider_draw(dy_draft *draft, const dy_pane *pane)
{
    double em = draft->em;
    double right = pane->box.x + pane->box.w;
    double y = pane->box.y - 0.9 * em;
    dy_type type = { 0.92 * em, draft->theme.quiet, DY_LEFT, false };
    const char *word = "smoothing";
    double word_w = dy_draft_width(draft, type, word) + (0.6 + KNOB) * em;
    if (pane->box.w < (LENGTH + 10) * em + word_w) return right;
    dy_box track = { right - (LENGTH + KNOB) * em, y, LENGTH * em, 0 };
    double knob =
        track.x + track.w * dy_slider_share(draft->smoothing, dy_slider_most(draft->sight));
    dy_box line = { track.x, y - 0.09 * em, track.w, 0.18 * em };
    dy_draft_plate(draft, line, 0.09 * em, draft->theme.rim);
    line.w = knob - track.x;
    dy_draft_plate(draft, line, 0.09 * em, draft->theme.lit);
    dy_box round = { knob - KNOB * em, y - KNOB * em, 2 * KNOB * em, 2 * KNOB * em };
    dy_draft_plate(draft, round, KNOB * em, draft->theme.lit);
    dy_point text = { track.x - word_w, pane->box.y - 0.55 * em };
    dy_draft_text(draft, text, type, word);
    draft->slider = (dy_box){ track.x, y - 0.8 * em, track.w, 1.6 * em };
    dy_box area = draft->slider;
    area.x -= KNOB * em;
    area.w += 2 * KNOB * em;
    dy_draft_hit(draft, area, (dy_hit){ DY_HIT_SLIDER, -1, -1, -1, 0, 0 });
    return text.x - 0.8 * em;
}
