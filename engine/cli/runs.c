/* runs.c - `derny runs`, `derny forget` and `derny merge`: kept runs listed, dropped, joined.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "cli/commands.h"
#include "cli/grid.h"
#include "cli/kept.h"
#include "record/outfile.h"

#include <stdlib.h>
#include <string.h>

/* --- cells as text ----------------------------------------------------------------------------------------------- */

/* All its digits. */
static char *whole_text(const dy_cell *cell, char *to, size_t size)
{
    if (cell->kind == DY_CELL_WHOLE)
        snprintf(to, size, "%lld", (long long)cell->whole);
    else if (cell->kind == DY_CELL_REAL)
        dy_format_real(to, size, cell->real);
    else
        snprintf(to, size, "%s", cell->kind == DY_CELL_TEXT ? cell->text : "");
    return to;
}

/* As many as say something. */
static char *short_text(const char *column, const dy_cell *cell, char *to, size_t size)
{
    if (strcmp(column, "id") == 0 && cell->kind == DY_CELL_TEXT)
        snprintf(to, size, "%.8s", cell->text);
    else if (strcmp(column, "test_accuracy") == 0 && cell->kind == DY_CELL_REAL)
        snprintf(to, size, "%.4f", cell->real);
    else if (strstr(column, "loss") && cell->kind == DY_CELL_REAL)
        dy_format_loss(to, size, cell->real);
    else if (cell->kind == DY_CELL_REAL)
        snprintf(to, size, "%.6g", cell->real);
    else
        whole_text(cell, to, size);
    return to;
}

/* --- derny runs -------------------------------------------------------------------------------------------------- */

/* What a list shows of the fixed columns; the parameters follow. */
static bool listed(const char *column)
{
    static const char *const SHOWN[] = { "id",         "name",          "sweep",
                                         "status",     "test_accuracy", "test_loss",
                                         "train_loss", "updates" };
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++)
        if (strcmp(column, SHOWN[i]) == 0) return true;
    return false;
}

typedef struct list {
    const char *names[DY_COLUMNS_MOST];
    bool shown[DY_COLUMNS_MOST];
    int n;
    dy_grid grid;
    FILE *csv;
    dy_error *err;
    bool failed;
} list;

static bool take_row(void *self, const dy_cell *cells, int n)
{
    list *l = self;
    char text[1000];
    l->failed = !dy_grid_row(&l->grid, l->err);
    for (int i = 0; i < n && !l->failed; i++)
        if (l->shown[i])
            l->failed = !dy_grid_put(
                &l->grid, i, short_text(l->names[i], &cells[i], text, sizeof text), l->err);
    return !l->failed;
}

static void csv_cell(FILE *out, const char *text, bool last)
{
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    if (quoted) fputc('"', out);
    for (; *text; text++) {
        if (*text == '"') fputc('"', out);
        fputc(*text, out);
    }
    if (quoted) fputc('"', out);
    fputc(last ? '\n' : ',', out);
}

static bool write_row(void *self, const dy_cell *cells, int n)
{
    const list *l = self;
    char text[1000];
    for (int i = 0; i < n; i++)
        csv_cell(l->csv, whole_text(&cells[i], text, sizeof text), i == n - 1);
    return !ferror(l->csv);
}

static bool print_list(const dy_kept *kept, dy_store *store, list *l, dy_error *err)
{
    l->grid = dy_grid_make(l->n);
    l->err = err;
    bool ok = dy_grid_row(&l->grid, err);
    for (int i = 0; ok && i < l->n; i++) ok = dy_grid_put(&l->grid, i, l->names[i], err);
    ok = ok && dy_store_ask(store, &kept->query, take_row, l, err) && !l->failed;
    if (ok && l->grid.rows > 1) dy_grid_print(&l->grid, stdout);
    if (ok && l->grid.rows == 1) puts("no such runs");
    dy_grid_close(&l->grid);
    return ok;
}

static bool write_csv(const dy_kept *kept, dy_store *store, list *l, dy_error *err)
{
    dy_outfile out;
    if (!dy_outfile_open(&out, kept->csv, err)) return false;
    l->csv = out.file;
    for (int i = 0; i < l->n; i++) csv_cell(out.file, l->names[i], i == l->n - 1);
    if (dy_store_ask(store, &kept->query, write_row, l, err)) return dy_outfile_keep(&out, err);
    dy_outfile_drop(&out);
    return false;
}

static bool list_runs(const dy_kept *kept, dy_store *store, dy_error *err)
{
    static list l;
    dy_arena arena = dy_arena_make(0);
    bool ok = dy_store_columns(store, &arena, l.names, &l.n, err);
    int fixed = 0;
    while (ok && fixed < l.n && strcmp(l.names[fixed], "run") != 0) fixed++;
    for (int i = 0; ok && i < l.n; i++) l.shown[i] = i > fixed || listed(l.names[i]);
    ok = ok && (kept->csv ? write_csv : print_list)(kept, store, &l, err);
    dy_arena_close(&arena);
    return ok;
}

static int runs_main(int argc, char **argv)
{
    return dy_kept_main(&DY_COMMAND_RUNS, argc, argv, 0, 0, false, list_runs);
}

static const dy_option RUNS_OPTIONS[] = {
    DY_KEPT_STORE,
    DY_KEPT_WHERE,
    { "sort", "EXPR", "in this order: a column, a parameter, or a formula of them" },
    { "reverse", NULL, "the greatest first" },
    { "limit", "N", "no more than N" },
    { "csv", "FILE", "write every column of them instead; - is standard output" },
    { NULL, NULL, NULL },
};

const dy_command DY_COMMAND_RUNS = {
    .name = "runs",
    .operands = "[options]",
    .summary = "Lists the runs that are kept.",
    .more = "Conditions and orders are SQL expressions over the columns that --csv writes, "
            "among them the\n"
            "parameters of sweeps.",
    .options = RUNS_OPTIONS,
    .main = runs_main,
};

/* --- derny forget ------------------------------------------------------------------------------------------------ */

/* Nothing is dropped that was not named. */
static bool forget_runs(const dy_kept *kept, dy_store *store, dy_error *err)
{
    int64_t n;
    char count[32];
    if (!kept->query.where)
        return dy_fail(err, "which runs? --where COND; --where 1 is all of them");
    if (!dy_store_forget(store, &kept->query, &n, err)) return false;
    printf("forgot %s run%s\n", dy_format_count(count, sizeof count, n), n == 1 ? "" : "s");
    return true;
}

static int forget_main(int argc, char **argv)
{
    return dy_kept_main(&DY_COMMAND_FORGET, argc, argv, 0, 0, true, forget_runs);
}

static const dy_option FORGET_OPTIONS[] = { DY_KEPT_STORE,
                                            DY_KEPT_WHERE,
                                            { NULL, NULL, NULL } };

const dy_command DY_COMMAND_FORGET = {
    .name = "forget",
    .operands = "--where COND",
    .summary = "Drops kept runs, with all that is known of them.",
    .options = FORGET_OPTIONS,
    .main = forget_main,
};

/* --- derny merge ------------------------------------------------------------------------------------------------- */

static bool merge_one(dy_store *store, const char *from, bool *conflict, dy_error *err)
{
    dy_merged m;
    if (!dy_store_merge(store, from, &m, err)) return false;
    printf("%s: %lld added, %lld known", from, (long long)m.added, (long long)m.known);
    if (m.conflicts > 0)
        printf(", %lld with another result here (the first: %.8s), left as they are",
               (long long)m.conflicts, m.conflict);
    putchar('\n');
    *conflict |= m.conflicts > 0;
    return true;
}

static bool merge_all(const dy_kept *kept, dy_store *store, dy_error *err)
{
    bool conflict = false;
    for (int i = 0; i < kept->n_words; i++)
        if (!merge_one(store, kept->words[i], &conflict, err)) return false;
    return !conflict ||
           dy_fail(
               err,
               "some runs have two results: were they made by different builds or processors?");
}

static int merge_main(int argc, char **argv)
{
    return dy_kept_main(&DY_COMMAND_MERGE, argc, argv, 1, 16, true, merge_all);
}

static const dy_option MERGE_OPTIONS[] = { DY_KEPT_STORE, { NULL, NULL, NULL } };

const dy_command DY_COMMAND_MERGE = {
    .name = "merge",
    .operands = "FILE ...",
    .summary = "Takes over the runs of other stores; twice is as good as once.",
    .options = MERGE_OPTIONS,
    .main = merge_main,
};
