/* live_told.c - the trace of a window: where things are, for tests that press them.   SPDX-License-Identifier: MIT */
#include "view/live_inside.h"

#include <stdarg.h>
#include <string.h>

void dy_live_trace(const dy_live *live, const char *format, ...)
{
    if (!live->spec.trace) return;
    va_list args;
    va_start(args, format);
    vfprintf(live->spec.trace, format, args);
    va_end(args);
    fputc('\n', live->spec.trace);
    fflush(live->spec.trace);
}

static const char *const PANES[DY_PANE_KINDS] = {
    [DY_PANE_LR] = "lr",
    [DY_PANE_MOMENTUM] = "momentum",
    [DY_PANE_LOSS] = "loss",
    [DY_PANE_RATE] = "rate",
    [DY_PANE_ACCURACY] = "accuracy",
    [DY_PANE_GRADIENT] = "gradient",
    [DY_PANE_RATIO] = "ratio",
    [DY_PANE_LOOP] = "loop",
    [DY_PANE_PLANE] = "plane",
    [DY_PANE_WEIGHTS] = "weights",
};

/* In the window's own pixels: what it shows of updates and values from here to there. */
static void tell_pane(FILE *out, const dy_pane *pane, double scale)
{
    if (!pane->shown) return;
    fprintf(out, "pane %s %.0f %.0f %.0f %.0f updates %.6g %.6g values %.6g %.6g %s\n",
            PANES[pane->kind], scale * pane->box.x, scale * pane->box.y, scale * pane->box.w,
            scale * pane->box.h, pane->x.lo, pane->x.hi, pane->y.lo, pane->y.hi,
            pane->y.log ? "log" : "linear");
}

static const char *hit_name(const dy_live *l, const dy_hit *hit)
{
    const dy_shown *shown = &l->shown[l->front];
    switch (hit->kind) {
    case DY_HIT_BUTTON: return dy_verb_name((dy_verb)hit->index);
    case DY_HIT_ROW: return shown->traces[hit->index].run.card->name;
    case DY_HIT_VALUES:
    case DY_HIT_HEADING: return PANES[shown->scene.panes[hit->pane].kind];
    default: return "";
    }
}

static void tell_area(FILE *out, const dy_live *l, const dy_area *area, double scale)
{
    static const char *const KINDS[] = {
        [DY_HIT_VALUES] = "values", [DY_HIT_HEADING] = "heading", [DY_HIT_ROW] = "row",
        [DY_HIT_ROWS] = "rows",     [DY_HIT_HANDLE] = "handle",   [DY_HIT_EDIT] = "edit",
        [DY_HIT_NOTE] = "note",     [DY_HIT_BUTTON] = "button",   [DY_HIT_MENU] = "menu",
        [DY_HIT_SLIDER] = "slider", [DY_HIT_ENTRY] = "entry",
    };
    dy_hit_kind kind = area->hit.kind;
    if ((size_t)kind >= sizeof KINDS / sizeof *KINDS || !KINDS[kind]) return;
    fprintf(out, "at %s %d %.0f %.0f %s\n", KINDS[kind], area->hit.index,
            scale * (area->box.x + area->box.w / 2), scale * (area->box.y + area->box.h / 2),
            hit_name(l, &area->hit));
}

static void tell_handles(FILE *out, const dy_live *l)
{
    dy_handle handles[DY_HANDLES_MOST];
    int32_t n = dy_hold_handles(&l->hold, 0, handles, DY_HANDLES_MOST);
    for (int32_t i = 0; i < n; i++)
        fprintf(out, "key %d %s %.0f %.9g%s\n", i, PANES[handles[i].channel], handles[i].step,
                handles[i].value, handles[i].lit ? " chosen" : "");
}

/* Only where it is another than it was. */
void dy_live_tell_layout(dy_live *l)
{
    char text[sizeof l->told];
    FILE *out = l->spec.trace ? fmemopen(text, sizeof text - 1, "w") : NULL;
    if (!out) return;
    const dy_scene *scene = dy_live_scene(l);
    for (int32_t i = 0; i < scene->n_panes; i++) tell_pane(out, &scene->panes[i], scene->scale);
    for (int64_t i = 0; i < scene->n_areas; i++)
        tell_area(out, l, &scene->areas[i], scene->scale);
    tell_handles(out, l);
    fputc('\0', out);
    fclose(out);
    text[sizeof text - 1] = '\0';
    if (strcmp(l->told, text) == 0) return;
    memcpy(l->told, text, sizeof text);
    fputs(text, l->spec.trace);
}
