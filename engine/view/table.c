/* table.c - see table.h.   SPDX-License-Identifier: MIT */
#include "view/table.h"

#include "base/text.h"
#include "view/width.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

typedef enum column {
    NAME,
    STATUS,
    UPDATES,
    TIME,
    RATE,
    TRAIN_LOSS,
    TEST_LOSS,
    ACCURACY,
    COLUMNS,
} column;

static const char *const HEADS[COLUMNS] = {
    "run", "status", "updates", "time", "updates/s", "train loss", "test loss", "test accuracy",
};

enum { CELL = 200, GAP = 2, LEAST_NAME = 20 };

typedef struct row {
    char cell[COLUMNS][CELL]; /* empty: no value */
    dy_status status;
    double accuracy; /* NaN: none */
} row;

typedef struct table {
    int width[COLUMNS]; /* 0: left out */
    double best;        /* accuracy; -1: none */
    int32_t rows;
} table;

static int64_t updates_of(const dy_run_view *run)
{
    /* of a run still going the outcome is not written yet */
    return run->outcome->status == DY_RUNNING ? dy_tape_len(run->tape) : run->outcome->updates;
}

static void fill_status(row *r, const dy_run_view *run)
{
    char step[32];
    int64_t len = dy_tape_len(run->tape);
    if (r->status == DY_DIVERGED && len > 0)
        snprintf(r->cell[STATUS], CELL, "diverged at step %s",
                 dy_format_count(step, sizeof step, len - 1));
    else
        snprintf(r->cell[STATUS], CELL, "%s", dy_status_name(r->status));
}

static void fill_loss(char *to, double loss)
{
    if (isfinite(loss)) dy_format_loss(to, CELL, loss);
}

static void fill_row(row *r, const dy_run_view *run)
{
    const dy_outcome *o = run->outcome;
    memset(r, 0, sizeof *r);
    r->status = (dy_status)o->status;
    r->accuracy = (double)NAN;
    int64_t updates = updates_of(run);
    dy_clean(r->cell[NAME], CELL, run->card->name, sizeof run->card->name);
    fill_status(r, run);
    dy_format_count(r->cell[UPDATES], CELL, updates);
    if (r->status == DY_RUNNING) return; /* the rest is not final yet */
    r->accuracy = o->test_accuracy;
    if (o->seconds > 0 && o->seconds < 1e9) {
        dy_format_time(r->cell[TIME], CELL, o->seconds);
        double rate = fmin((double)updates / o->seconds, 1e15);
        dy_format_count(r->cell[RATE], CELL, (int64_t)(rate + 0.5));
    }
    fill_loss(r->cell[TRAIN_LOSS], o->train_loss);
    fill_loss(r->cell[TEST_LOSS], o->test_loss);
    if (isfinite(r->accuracy)) snprintf(r->cell[ACCURACY], CELL, "%.2f %%", 100 * r->accuracy);
}

/* What was only tried, and the points of a sweep, which may be thousands, have none. */
static bool is_row(const dy_run_view *run)
{
    return !run->card->aside && !run->card->sweep[0];
}

static table measure(const dy_board *board)
{
    table t = { .best = -1 };
    int32_t n = dy_board_len(board);
    for (int32_t i = 0; i < n; i++) {
        dy_run_view run;
        row r;
        if (!dy_board_run(board, i, &run) || !is_row(&run)) continue;
        fill_row(&r, &run);
        t.rows++;
        t.best = fmax(t.best, r.accuracy); /* a NaN is passed over */
        for (int c = 0; c < COLUMNS; c++) {
            int width = dy_width(r.cell[c]);
            if (width > t.width[c]) t.width[c] = width;
        }
    }
    for (int c = 0; c < COLUMNS; c++) {
        int head = dy_width(HEADS[c]);
        if (t.width[c] > 0 && t.width[c] < head) t.width[c] = head;
    }
    return t;
}

static int width_of(const table *t)
{
    int width = -GAP;
    for (int c = 0; c < COLUMNS; c++)
        if (t->width[c] > 0) width += t->width[c] + GAP;
    return width;
}

/* Makes the table narrower: names give way first, down to a length that still tells them apart, then whole columns. */
static void limit(table *t, int columns)
{
    static const column SPARE[] = { RATE, TRAIN_LOSS, TIME, UPDATES, TEST_LOSS };
    if (columns == 0) return;
    int name = t->width[NAME];
    int least_name = name < LEAST_NAME ? name : LEAST_NAME;
    for (size_t i = 0; i < sizeof SPARE / sizeof *SPARE; i++)
        if (width_of(t) - name + least_name > columns) t->width[SPARE[i]] = 0;
    int over = width_of(t) - columns;
    if (over > 0) t->width[NAME] = name - over > least_name ? name - over : least_name;
}

static void pad(FILE *out, int n)
{
    fprintf(out, "%*s", n > 0 ? n : 0, "");
}

/* Words to the left, numbers to the right; nothing trails the last of them. */
static void print_cell(FILE *out, const table *t, column c, const char *text, const char *style)
{
    if (t->width[c] == 0) return;
    int room = t->width[c] - dy_width(text);
    if (c > 0) pad(out, GAP);
    if (c > STATUS) pad(out, room);
    fprintf(out, "%s%s%s", style, text, style[0] ? "\x1b[0m" : "");
    if (c <= STATUS) pad(out, room);
}

static const char *style_of(const table *t, const row *r, column c, bool colour)
{
    if (!colour) return "";
    if (c == STATUS && (r->status == DY_DIVERGED || r->status == DY_FAILED)) return "\x1b[31m";
    return c == ACCURACY && r->accuracy == t->best ? "\x1b[1m" : "";
}

static void print_row(FILE *out, const table *t, const row *r, bool colour)
{
    char name[CELL];
    dy_shorten_to(name, sizeof name, r->cell[NAME], t->width[NAME]);
    for (column c = 0; c < COLUMNS; c++) {
        const char *text = c == NAME ? name : r->cell[c][0] ? r->cell[c] : "-";
        print_cell(out, t, c, text, style_of(t, r, c, colour));
    }
    fputc('\n', out);
}

void dy_table_print(FILE *out, const dy_board *board, dy_table_look look)
{
    table t = measure(board);
    if (!look.times) t.width[TIME] = t.width[RATE] = 0;
    if (t.rows == 0) return;
    limit(&t, look.columns);
    for (column c = 0; c < COLUMNS; c++)
        print_cell(out, &t, c, HEADS[c], look.colour ? "\x1b[2m" : "");
    fputc('\n', out);
    int32_t n = dy_board_len(board);
    for (int32_t i = 0; i < n; i++) {
        dy_run_view run;
        row r;
        if (!dy_board_run(board, i, &run) || !is_row(&run)) continue;
        fill_row(&r, &run);
        print_row(out, &t, &r, look.colour);
    }
}
