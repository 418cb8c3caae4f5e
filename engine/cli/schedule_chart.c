/* schedule_chart.c - see schedule_chart.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_chart.h"

#include "view/braille.h"
#include "view/progress.h"
#include "view/ticks.h"
#include "view/width.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LEAST_COLUMNS = 40, USUAL_COLUMNS = 80, MOST_COLUMNS = 240, TICK_ROWS = 3 };

static const double FLAT_SHARE = 0.06; /* where half of a curve lies under it: a log axis */

/* What an axis is drawn with. */
typedef struct rules {
    const char *side, *tick, *corner, *floor, *mark;
} rules;

static const rules RULES[2] = {
    { "|", "+", "+", "-", "+" },
    { "│", "┤", "└", "─", "┬" },
};

typedef enum quantity { LR, EFFECTIVE, MOMENTUM, QUANTITIES } quantity;

static const char *const NAMES[] = { "lr", "effective rate: lr / (1 - momentum)", "momentum" };

/* One pane while it is printed. */
typedef struct pane {
    quantity of;
    int rows;
    dy_scale y;
    dy_ticks ticks;
    dy_braille grid;
} pane;

dy_chart_look dy_chart_look_at(FILE *out)
{
    dy_progress stream = dy_progress_make(out);
    struct winsize size = { 0 };
    int columns = USUAL_COLUMNS;
    if (isatty(fileno(out)) && ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        columns = size.ws_col;
    columns = columns < LEAST_COLUMNS  ? LEAST_COLUMNS
              : columns > MOST_COLUMNS ? MOST_COLUMNS
                                       : columns;
    return (dy_chart_look){ columns, stream.colour, stream.utf8 };
}

const char *dy_chart_ink(dy_chart_look look, int i)
{
    static const char *const INKS[] = { "\x1b[36m", "\x1b[33m", "\x1b[35m",
                                        "\x1b[32m", "\x1b[31m", "\x1b[34m" };
    return look.colour ? INKS[i % (int)(sizeof INKS / sizeof *INKS)] : "";
}

const char *dy_chart_plain(dy_chart_look look)
{
    return look.colour ? "\x1b[0m" : "";
}

/* The tape that has it, and its channel there; NULL: there is none. */
static const dy_tape *tape_of(const dy_course *course, quantity of, dy_channel *channel)
{
    *channel = of == MOMENTUM ? DY_MOMENTUM : DY_LR;
    if (!course->done) return NULL;
    return of == EFFECTIVE ? course->effective : course->run.tape;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Half of some 200 values of the curves lie at the bottom of a linear axis, and all of them above 0. */
static bool wants_log(const dy_courses *courses, quantity of, double lo, double hi)
{
    double values[256];
    int n = 0;
    if (!(lo > 1e-290)) return false;
    int each = (int)(sizeof values / sizeof *values) / courses->n;
    for (int i = 0; i < courses->n; i++) {
        dy_channel channel;
        const dy_tape *tape = tape_of(&courses->course[i], of, &channel);
        int64_t len = tape ? dy_tape_len(tape) : 0;
        for (int k = 0; k < each && len > 0; k++)
            values[n++] = dy_tape_at(tape, channel, (int64_t)((double)len * k / each));
    }
    if (n == 0) return false;
    qsort(values, (size_t)n, sizeof *values, by_value);
    return values[n / 2] < FLAT_SHARE * hi;
}

static dy_range range_of(const dy_courses *courses, int first, int n, quantity of)
{
    dy_range all = { (double)INFINITY, -(double)INFINITY };
    for (int i = first; i < first + n; i++) {
        dy_channel channel;
        const dy_tape *tape = tape_of(&courses->course[i], of, &channel);
        if (!tape) continue;
        dy_range own = dy_tape_range(tape, channel, 0, INT64_MAX);
        all.lo = fmin(all.lo, own.lo);
        all.hi = fmax(all.hi, own.hi);
    }
    return all;
}

/* false: there is nothing to draw. lr is drawn from 0, unless it moves far above it or needs a log axis. */
static bool choose_scale(pane *p, const dy_chart *chart)
{
    const dy_courses *courses = chart->scale;
    dy_range own = range_of(courses, chart->first, chart->n, p->of);
    dy_range range = range_of(courses, 0, courses->n, p->of);
    bool lr = p->of != MOMENTUM;
    /* of momentum a level line says less than the word for it below */
    if (own.lo > own.hi || (!lr && own.lo == own.hi)) return false;
    bool level = range.hi - range.lo <= 1e-9 * range.hi;
    p->y.log = lr && !level && wants_log(courses, p->of, range.lo, range.hi);
    p->y.lo = fmax(range.lo, 1e-300);
    p->y.hi = range.hi;
    if (!p->y.log) {
        bool from_0 = lr && (level || range.lo < 0.4 * range.hi);
        p->y.lo = from_0 ? 0 : level ? range.lo - 0.05 : range.lo;
        if (level) p->y.hi = lr ? 2 * range.hi : range.hi + 0.05;
        if (p->y.hi <= p->y.lo) p->y.hi = p->y.lo + 1;
    }
    p->y.from_px = DY_BRAILLE_H * p->rows - 1;
    double wanted = fmax(2, (double)p->rows / TICK_ROWS);
    if (p->y.log)
        dy_ticks_log(&p->ticks, p->y.lo, p->y.hi, wanted);
    else
        dy_ticks_linear(&p->ticks, p->y.lo, p->y.hi, wanted, false);
    return true;
}

/* A character of a tick's label for a terminal without it; *raised: it was a raised one. */
static char plain_of(uint32_t c, bool *raised)
{
    static const struct {
        uint32_t code;
        char plain;
    } SIGNS[] = {
        { 0x2070, '0' }, { 0xb9, '1' },   { 0xb2, '2' },   { 0xb3, '3' },
        { 0x2074, '4' }, { 0x2075, '5' }, { 0x2076, '6' }, { 0x2077, '7' },
        { 0x2078, '8' }, { 0x2079, '9' }, { 0x207b, '-' }, { 0xd7, 'x' },
    };

    *raised = false;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (SIGNS[i].code != c) continue;
        *raised = SIGNS[i].plain != 'x';
        return SIGNS[i].plain;
    }
    if (c >= 0x80) return '?';
    return (char)c;
}

/* "5×10⁻⁶" becomes "5x10^-6". */
static void make_plain(char *label, size_t size)
{
    char plain[sizeof((dy_tick *)0)->label];
    size_t n = 0;
    bool before = false;
    for (const char *at = label; *at && n + 2 < sizeof plain;) {
        bool raised;
        char c = plain_of(dy_utf8_next(&at), &raised);
        if (raised && !before) plain[n++] = '^';
        before = raised;
        plain[n++] = c;
    }
    plain[n] = '\0';
    snprintf(label, size, "%s", plain);
}

static int label_width(const pane *p)
{
    int width = 0;
    for (int i = 0; i < p->ticks.n; i++) {
        int own = dy_width(p->ticks.tick[i].label);
        width = own > width ? own : width;
    }
    return width;
}

/* The tick in a row of cells, or NULL. */
static const char *label_at(const pane *p, int row)
{
    for (int i = 0; i < p->ticks.n; i++) {
        int dot = (int)lround(dy_scale_at(&p->y, p->ticks.tick[i].at));
        if (dot / DY_BRAILLE_H == row && p->ticks.tick[i].label[0])
            return p->ticks.tick[i].label;
    }
    return NULL;
}

static void print_cells(FILE *out, const dy_chart *chart, const pane *p, int row)
{
    int ink = -1; /* in use */
    int last = p->grid.columns - 1;
    while (last >= 0 && !p->grid.dots[row * p->grid.columns + last]) last--;
    for (int column = 0; column <= last; column++) {
        char cell[4];
        int64_t at = (int64_t)row * p->grid.columns + column;
        if (p->grid.dots[at] && p->grid.ink[at] != ink) {
            ink = p->grid.ink[at];
            fputs(dy_chart_ink(chart->look, ink), out);
        }
        fputs(dy_braille_cell(&p->grid, column, row, chart->look.utf8, cell), out);
    }
    if (ink >= 0) fputs(dy_chart_plain(chart->look), out);
}

static void print_rows(FILE *out, const dy_chart *chart, const pane *p, int margin)
{
    const rules *r = &RULES[chart->look.utf8];
    for (int row = 0; row < p->grid.rows; row++) {
        const char *label = label_at(p, row);
        fprintf(out, "%*s", margin - (label ? dy_width(label) : 0), "");
        fprintf(out, "%s %s", label ? label : "", label ? r->tick : r->side);
        print_cells(out, chart, p, row);
        fputc('\n', out);
    }
}

/* The floor, with a mark at each step that is labelled below it. */
static void print_steps(FILE *out, const dy_chart *chart, int64_t steps, int margin, int width)
{
    const rules *r = &RULES[chart->look.utf8];
    dy_ticks ticks;
    char labels[MOST_COLUMNS + 32];
    bool marked[MOST_COLUMNS] = { false };
    double last = steps > 1 ? (double)steps - 1 : 1;
    int used = -2;
    int name = margin + 2 + width - 4; /* where the word stands */
    memset(labels, ' ', sizeof labels);
    dy_ticks_linear(&ticks, 0, last, fmax(2, width / 14.0), true);
    for (int i = 0; i < ticks.n; i++) {
        int len = (int)strlen(ticks.tick[i].label);
        int at = (int)lround(ticks.tick[i].at / last * (width - 1));
        int from = margin + 2 + at - len / 2;
        if (from <= used + 1 || from + len + 1 >= name) continue;
        memcpy(labels + from, ticks.tick[i].label, (size_t)len);
        used = from + len;
        marked[at] = true;
    }
    fprintf(out, "%*s %s", margin, "", r->corner);
    for (int i = 0; i < width; i++) fputs(marked[i] ? r->mark : r->floor, out);
    fprintf(out, "\n%.*sstep\n", name, labels);
}

static bool fill(const dy_chart *chart, pane *p, int width, dy_arena *arena, dy_error *err)
{
    if (!dy_braille_make(&p->grid, arena, width, p->rows, err)) return false;
    for (int i = chart->first; i < chart->first + chart->n; i++) {
        const dy_course *course = &chart->scale->course[i];
        dy_channel channel;
        const dy_tape *tape = tape_of(course, p->of, &channel);
        if (tape) dy_braille_curve(&p->grid, tape, channel, course->run.card->steps, &p->y, i);
    }
    return true;
}

/* Those that have something to show; how many. */
static int choose_panes(pane panes[QUANTITIES], const dy_chart *chart)
{
    int n = 0;
    for (int of = 0; of < QUANTITIES; of++) {
        int rows = of == LR ? chart->rows : (chart->rows + 1) / 2;
        panes[n] = (pane){ .of = (quantity)of, .rows = rows };
        if (choose_scale(&panes[n], chart)) n++;
    }
    return n;
}

bool dy_chart_print(FILE *out, const dy_chart *chart, dy_error *err)
{
    pane panes[QUANTITIES];
    int n = choose_panes(panes, chart);
    int margin = 0;
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < panes[i].ticks.n && !chart->look.utf8; k++)
            make_plain(panes[i].ticks.tick[k].label, sizeof panes[i].ticks.tick[k].label);
        int own = label_width(&panes[i]);
        margin = own > margin ? own : margin;
    }
    margin++;
    int width = chart->look.columns - margin - 3;
    dy_arena arena = dy_arena_make(0);
    bool ok = true;
    for (int i = 0; i < n && ok; i++) {
        ok = fill(chart, &panes[i], width, &arena, err);
        if (!ok) break;
        fprintf(out, "%*s %s\n", margin, "", NAMES[panes[i].of]);
        print_rows(out, chart, &panes[i], margin);
    }
    if (n > 0 && ok)
        print_steps(out, chart, chart->scale->course[0].run.card->steps, margin, width);
    dy_arena_close(&arena);
    return ok;
}
