/* Cells, their places, and which are numbers.   SPDX-License-Identifier: MIT */
#include "data/cells.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

typedef struct place {
    const char *text;
    int line, column;
    bool last;
} place;

Test(cells, text_and_place_of_each)
{
    static const char text[] = "a,,\"b,\"\"\"\r\n\n\"c\nd\",e\r\nf\r,";
    static const place want[] = {
        { "a", 1, 1, false },    { "", 1, 2, false }, { "b,\"\"", 1, 3, true },
        { "c\nd", 3, 1, false }, { "e", 3, 2, true }, { "f\r", 5, 1, false },
        { "", 5, 2, true },
    };
    dy_error err;
    dy_cell cell;
    bool end;
    dy_bytes bytes = { (uint8_t *)text, sizeof text - 1 };
    dy_cells cells = dy_cells_make(bytes, "t");
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        cr_assert(dy_cells_next(&cells, &cell, &end, &err), "%s", err.text);
        cr_assert_not(end);
        cr_assert_eq(cell.n, (int64_t)strlen(want[i].text), "cell %zu", i);
        cr_assert_eq(memcmp(cell.at, want[i].text, (size_t)cell.n), 0, "cell %zu", i);
        cr_assert_eq(cell.line, want[i].line, "cell %zu", i);
        cr_assert_eq(cell.column, want[i].column, "cell %zu", i);
        cr_assert_eq(cell.last, want[i].last, "cell %zu", i);
    }
    cr_assert(dy_cells_next(&cells, &cell, &end, &err));
    cr_assert(end);
}

Test(cells, numbers)
{
    static const struct {
        const char *text;
        bool is;
        double value;
    } cases[] = {
        { "1", true, 1 },    { " -1.5e3 ", true, -1500 }, { "+.5", true, 0.5 },
        { "", false, 0 },    { " ", false, 0 },           { "1a", false, 0 },
        { "0x1", false, 0 }, { "1,5", false, 0 },         { "nan(1)", false, 0 },
        { "-", false, 0 },   { "1e", false, 0 },          { "inf", true, INFINITY },
        { "1 2", false, 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double value = 0;
        dy_cell cell = { .at = cases[i].text, .n = (int64_t)strlen(cases[i].text) };
        cr_assert_eq(dy_cell_number(&cell, &value), cases[i].is, "'%s'", cases[i].text);
        if (cases[i].is) cr_assert_eq(value, cases[i].value, "'%s'", cases[i].text);
    }
    char nines[200];
    double value;
    memset(nines, '9', sizeof nines);
    cr_assert_not(dy_cell_number(&(dy_cell){ .at = nines, .n = 200 }, &value));
    cr_assert_not(dy_cell_number(&(dy_cell){ .at = "1\0", .n = 2 }, &value));
}
