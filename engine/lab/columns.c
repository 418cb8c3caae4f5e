/* columns.c - see columns.h.   SPDX-License-Identifier: MIT */
#include "lab/columns.h"

#include "base/error.h"

enum { GAP = 2 };

char (*dy_columns_add(dy_columns *columns))[DY_COLUMN_CELL]
{
    DY_ASSERT(columns->rows < DY_COLUMN_ROWS);
    return columns->cell[columns->rows++];
}

/* Characters of UTF-8. */
static int length(const char *text)
{
    int n = 0;
    for (; *text; text++) n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static int width_of(const dy_columns *columns, int c)
{
    int width = 0;
    for (int i = 0; i < columns->rows; i++) {
        int n = length(columns->cell[i][c]);
        width = n > width ? n : width;
    }
    return width;
}

void dy_columns_print(const dy_columns *columns, FILE *out)
{
    int width[DY_COLUMNS];
    for (int c = 0; c < DY_COLUMNS; c++) width[c] = width_of(columns, c);
    for (int i = 0; i < columns->rows; i++) {
        int blanks = 0; /* not printed yet */
        for (int c = 0; c < DY_COLUMNS; c++) {
            const char *text = columns->cell[i][c];
            if (*text) fprintf(out, "%*s%s", blanks, "", text);
            blanks = *text ? 0 : blanks;
            if (width[c] > 0) blanks += width[c] - length(text) + GAP;
        }
        fputc('\n', out);
    }
}
