/* heading.c - see heading.h.   SPDX-License-Identifier: MIT */
#include "view/heading.h"

#include "view/verdict.h"
#include "view/width.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* The one run that is shown; NULL: none or several. A ramp of a range test is no run to be named. */
static const dy_trace *single(const dy_draft *draft)
{
    const dy_trace *only = NULL;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_trace *trace = &draft->traces[i];
        if (!dy_draft_named(trace) || trace->run.card->range_test) continue;
        if (only) return NULL;
        only = trace;
    }
    return only;
}

/* Puts more at the end of a line, with a dot between; what has no room is left out. */
static void append(char *to, size_t room, const char *more, size_t size)
{
    size_t used = strlen(to);
    const char *between = used > 0 ? "  ·  " : "";
    if (!more[0] || used + strlen(between) + 1 >= room) return;
    memcpy(to + used, between, strlen(between) + 1);
    used += strlen(between);
    dy_clean(to + used, room - used, more, size);
}

/* What a legend would say, of a run that has none to itself. */
static void append_verdict(const dy_draft *draft, const dy_trace *only, char *to, size_t room)
{
    dy_verdict_kind says = dy_verdict_says(draft);
    bool diverged = dy_verdict_diverged(only);
    char value[32];
    char text[80];
    dy_verdict_text(draft, (int32_t)(only - draft->traces), says, value, sizeof value);
    snprintf(text, sizeof text, "%s%s%s", diverged ? "" : dy_verdict_name(says),
             diverged || !value[0] ? "" : " ", value);
    if (value[0]) append(to, room, text, sizeof text);
}

/* Appends one line of the runs' cards where it is the same on all of them. */
static void append_shared(const dy_draft *draft, size_t at, size_t size, char *to, size_t room)
{
    const char *same = NULL;
    for (int32_t i = 0; i < draft->n; i++) {
        if (draft->traces[i].show == DY_HIDDEN) continue;
        const char *own = (const char *)draft->traces[i].run.card + at;
        if (same && strncmp(same, own, size) != 0) return;
        same = own;
    }
    if (same) append(to, room, same, size);
}

#define APPEND_SHARED(draft, field, to)                                                        \
    append_shared(draft, offsetof(dy_card, field), sizeof((dy_card *)0)->field, to, sizeof(to))

/* One line of text if there is any; returns the y below it. */
static double draw_line(dy_draft *draft, const char *text, dy_type type, double y)
{
    if (!text[0]) return y;
    double x = DY_MARGIN * draft->em;
    char fitted[800];
    dy_draft_fit(draft, type, text, draft->view->width_px - 2 * x, fitted, sizeof fitted);
    dy_draft_text(draft, (dy_point){ x, y + 0.8 * type.size }, type, fitted);
    return y + 1.35 * type.size;
}

double dy_heading_draw(dy_draft *draft)
{
    double em = draft->em;
    char name[200] = "";
    char title[400];
    char line[780] = "";
    const dy_trace *only = single(draft);
    const char *asked = draft->view->title;
    if (only) dy_draft_name(only, name, sizeof name);
    if (asked) append(line, sizeof line, name, sizeof name);
    if (only) append_verdict(draft, only, line, sizeof line);
    if (!asked) asked = name;
    dy_clean(title, sizeof title, asked, strlen(asked));
    APPEND_SHARED(draft, data, line);
    APPEND_SHARED(draft, model, line);
    APPEND_SHARED(draft, optimizer, line);
    APPEND_SHARED(draft, schedule, line);
    double y = DY_MARGIN * em;
    y = draw_line(draft, title, (dy_type){ 1.4 * em, draft->theme.ink, DY_LEFT, true }, y);
    y = draw_line(draft, line, (dy_type){ em, draft->theme.quiet, DY_LEFT, false }, y);
    return y > DY_MARGIN * em ? y + 0.5 * em : y;
}
