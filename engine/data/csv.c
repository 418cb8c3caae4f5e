/* csv.c - dy_csv_read: a table of numbers with one column to be predicted. Cells are cells.c's, classes classes.c's.
 *
 * The text is gone through twice: once for its shape, once for its values, so that memory is taken for rows that
 * are there and for no others.
 *
 * SPDX-License-Identifier: MIT */
#include "data/build.h"
#include "data/bytes.h"
#include "data/cells.h"
#include "data/classes.h"
#include "data/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct table {
    const char *file;
    dy_bytes text;
    bool header;
    int64_t rows, columns; /* rows without the header */
    int64_t target;        /* column, from 1 */
} table;

static bool ragged(const dy_cell *last, int64_t columns, dy_error *err)
{
    dy_fail(err, "%lld column%s; the first row has %lld", (long long)last->column,
            last->column == 1 ? "" : "s", (long long)columns);
    return dy_cell_wrong(last, err);
}

/* Rows and columns. The first row is a header if none of its cells is a number: with one that is, it is a row
 * whose class is a word. */
static bool survey(table *t, dy_error *err)
{
    dy_cells cells = dy_cells_make(t->text, t->file);
    dy_cell cell;
    t->header = true;
    for (bool end;;) {
        double number;
        if (!dy_cells_next(&cells, &cell, &end, err)) return false;
        if (end) break;
        if (t->rows == 0 && dy_cell_number(&cell, &number)) t->header = false;
        if (!cell.last) continue;
        if (t->rows++ == 0) t->columns = cell.column;
        if (cell.column != t->columns) return ragged(&cell, t->columns, err);
    }
    bool empty = t->rows == 0;
    if (!empty && t->header) t->rows--;
    if (t->rows < 1)
        return dy_fail(err, "%s: has no rows%s", t->file, empty ? "" : " below its header");
    if (t->columns < 2)
        return dy_fail(err, "%s: has 1 column; want at least one input, and the target",
                       t->file);
    return true;
}

static bool is_word(const dy_cell *cell, const char *word)
{
    return strlen(word) == (size_t)cell->n && memcmp(word, cell->at, (size_t)cell->n) == 0;
}

/* The column called `name`, from 1; 0 if there is none. The header has been read without error before. */
static int64_t column_called(const table *t, const char *name)
{
    dy_cells cells = dy_cells_make(t->text, t->file);
    dy_cell cell;
    dy_error unused;
    bool end;
    while (dy_cells_next(&cells, &cell, &end, &unused) && !end) {
        if (is_word(&cell, name)) return cell.column;
        if (cell.last) break;
    }
    return 0;
}

static bool find_target(table *t, const char *name, dy_error *err)
{
    t->target = t->columns;
    if (!name) return true;
    int64_t column = t->header ? column_called(t, name) : 0;
    if (column == 0 && *name && name[strspn(name, "0123456789")] == '\0')
        column = strtoll(name, NULL, 10);
    if (column < 1 || column > t->columns)
        return dy_fail(err, "%s: has no column '%s'; want %sa number from 1 to %lld", t->file,
                       name, t->header ? "a name in its first line, or " : "",
                       (long long)t->columns);
    t->target = column;
    return true;
}

/* A long cell is cut in the message. */
static bool read_float(const dy_cell *cell, float *to, dy_error *err)
{
    double number;
    bool is_number = dy_cell_number(cell, &number);
    if (is_number && isfinite((float)number)) {
        *to = (float)number;
        return true;
    }
    dy_fail(err, "column %lld: '%.*s' %s", (long long)cell->column,
            (int)(cell->n < 64 ? cell->n : 64), cell->at,
            is_number ? "is not finite, or too large for a float" : "is no number");
    return dy_cell_wrong(cell, err);
}

/* What one pass over the values fills. */
typedef struct values {
    float *inputs;       /* [rows x columns - 1] */
    float *targets;      /* [rows] of a regression, or NULL */
    dy_cell *classes;    /* [rows] of a classification, or NULL */
    const int32_t *slot; /* [rows]: where each row goes */
} values;

static bool read_values(const table *t, const values *to, dy_error *err)
{
    dy_cells cells = dy_cells_make(t->text, t->file);
    int64_t row = t->header ? -1 : 0, width = t->columns - 1;
    dy_cell cell;
    for (bool end; dy_cells_next(&cells, &cell, &end, err) && !end; row += cell.last) {
        if (row < 0) continue;
        int64_t slot = to->slot[row];
        int64_t input = cell.column - 1 - (cell.column > t->target);
        bool ok = true;
        if (cell.column != t->target)
            ok = read_float(&cell, to->inputs + slot * width + input, err);
        else if (to->targets)
            ok = read_float(&cell, to->targets + slot, err);
        else
            to->classes[slot] = cell;
        if (!ok) return false;
    }
    return true;
}

static bool take_values(values *to, const table *t, dy_arena *arena, dy_arena *scratch,
                        bool regress, dy_error *err)
{
    if (!(to->inputs =
              dy_arena_take(arena, t->rows, (size_t)(t->columns - 1) * sizeof(float), err)))
        return false;
    if (regress)
        return (to->targets = dy_arena_take(arena, t->rows, sizeof(float), err)) != NULL;
    return (to->classes = dy_arena_take(scratch, t->rows, sizeof(dy_cell), err)) != NULL;
}

static bool set_classes(dy_split *all, dy_dataset *data, const values *from, dy_arena *scratch,
                        dy_error *err)
{
    int32_t *labels = dy_arena_take(&data->arena, all->rows, sizeof *labels, err);
    all->labels = labels;
    return labels &&
           dy_classes_sort(labels, &data->outputs, from->classes, all->rows, scratch, err);
}

static bool fill_from(dy_dataset *data, dy_arena *scratch, const table *t,
                      const dy_csv_spec *spec, dy_error *err)
{
    int32_t *slot;
    int64_t n_train;
    values to = { 0 };
    if (!dy_build_slots(&slot, &n_train, scratch, t->rows, spec->test, spec->seed, err) ||
        !take_values(&to, t, &data->arena, scratch, spec->regress, err))
        return dy_fail_in(err, "%s", t->file);
    to.slot = slot;
    if (!read_values(t, &to, err)) return false;
    dy_split all = { .rows = t->rows, .floats = to.inputs, .targets = to.targets };
    data->inputs = t->columns - 1;
    data->outputs = 1;
    data->task = spec->regress ? DY_REGRESS : DY_CLASSIFY;
    if (!spec->regress && !set_classes(&all, data, &to, scratch, err)) return false;
    dy_build_parts(data, &all, n_train);
    dy_build_name(data, spec->file);
    return dy_build_scale(data, 1.0f, err);
}

static bool fill(dy_dataset *data, dy_arena *scratch, const dy_csv_spec *spec, dy_error *err)
{
    table t = { .file = spec->file };
    return dy_bytes_read(&t.text, scratch, spec->file, err) && survey(&t, err) &&
           find_target(&t, spec->target, err) && fill_from(data, scratch, &t, spec, err);
}

bool dy_csv_read(dy_dataset *data, const dy_csv_spec *spec, int64_t limit, dy_error *err)
{
    dy_dataset made = dy_dataset_make(limit);
    dy_arena scratch = dy_arena_make(limit);
    bool ok = fill(&made, &scratch, spec, err);
    dy_arena_close(&scratch);
    return dy_build_end(data, &made, ok, spec->file, err);
}
