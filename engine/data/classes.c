/* classes.c - see classes.h.   SPDX-License-Identifier: MIT */
#include "data/classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct item {
    const dy_cell *cell;
    double number;
    int64_t index;
} item;

static int by_number(const void *a, const void *b)
{
    double x = ((const item *)a)->number, y = ((const item *)b)->number;
    return (x > y) - (x < y);
}

static int by_text(const void *a, const void *b)
{
    const dy_cell *x = ((const item *)a)->cell, *y = ((const item *)b)->cell;
    int order = memcmp(x->at, y->at, (size_t)(x->n < y->n ? x->n : y->n));
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

/* *numbers: every cell is one. Which must then be whole. */
static bool look(item *items, const dy_cell *cells, int64_t n, bool *numbers, dy_error *err)
{
    const dy_cell *part = NULL; /* the first with a fraction */
    *numbers = true;
    for (int64_t i = 0; i < n; i++) {
        items[i] = (item){ .cell = &cells[i], .index = i };
        if (!dy_cell_number(&cells[i], &items[i].number)) {
            *numbers = false;
            return true;
        }
        if (!part && rint(items[i].number) != items[i].number) part = &cells[i];
    }
    if (!part) return true;
    dy_fail(err,
            "column %lld: '%.*s' is no class, which is a whole number or a word; for targets "
            "that are numbers ask for a regression",
            (long long)part->column, (int)(part->n < 64 ? part->n : 64), part->at);
    return dy_cell_wrong(part, err);
}

bool dy_classes_sort(int32_t *labels, int64_t *n_classes, const dy_cell *cells, int64_t n,
                     dy_arena *scratch, dy_error *err)
{
    bool numbers;
    item *items = dy_arena_take(scratch, n, sizeof *items, err);
    if (!items || !look(items, cells, n, &numbers, err)) return false;
    if (!numbers)
        for (int64_t i = 0; i < n; i++) items[i] = (item){ .cell = &cells[i], .index = i };
    int (*order)(const void *, const void *) = numbers ? by_number : by_text;
    qsort(items, (size_t)n, sizeof *items, order);
    int32_t class = 0;
    for (int64_t i = 0; i < n; i++) {
        if (i > 0 && order(&items[i - 1], &items[i]) != 0) class ++;
        labels[items[i].index] = class;
    }
    *n_classes = class + 1;
    return true;
}
