/* found_print.c - what was found, as a table for people; see found.h.   SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "lab/columns.h"
#include "lab/found.h"

#include <math.h>
#include <string.h>

const char *dy_measure_name(dy_measure by)
{
    static const char *const NAMES[] = { "test accuracy", "test loss", "train loss" };
    return NAMES[by];
}

char *dy_measure_format(char *to, size_t size, dy_measure by, const dy_standings_row *row)
{
    if (row->done == 0)
        snprintf(to, size, "diverged");
    else if (by == DY_BY_ACCURACY)
        snprintf(to, size, "%.2f ± %.2f %%", 100 * row->mean, 100 * row->std);
    else
        snprintf(to, size, "%.4g ± %.2g", row->mean, row->std);
    return to;
}

static void set_range(char to[DY_COLUMN_CELL], const dy_spread *spread, int seeds)
{
    char some[40] = "";
    if (spread->seeds < seeds) snprintf(some, sizeof some, ", %d of %d", spread->seeds, seeds);
    snprintf(to, DY_COLUMN_CELL, "%.3g to %.3g%s", spread->least, spread->greatest, some);
}

static void add_pick(dy_columns *t, const dy_found *found, dy_pick pick)
{
    const dy_spread *spread = &found->says.spread[pick];
    char(*row)[DY_COLUMN_CELL] = dy_columns_add(t);
    snprintf(row[0], DY_COLUMN_CELL, "%s", DY_PICK_NAMES[pick]);
    snprintf(row[1], DY_COLUMN_CELL, spread->seeds > 0 ? "%.3g" : "none", spread->median);
    if (spread->seeds > 0 && found->seeds > 1) set_range(row[2], spread, found->seeds);
    for (int i = 0; i < found->trial.n; i++) {
        const dy_standings_row *rides = &found->trial.rows[i];
        if (found->trial.pick[i] != pick) continue;
        dy_measure_format(row[3], DY_COLUMN_CELL, found->trial.by, rides);
        snprintf(row[4], DY_COLUMN_CELL, "%d of %d%s", rides->wins, found->seeds,
                 i == found->trial.best ? "  <- best" : "");
    }
}

static void add_divergence(dy_columns *t, const dy_found *found)
{
    const dy_spread *spread = &found->says.divergence;
    char(*row)[DY_COLUMN_CELL] = dy_columns_add(t);
    snprintf(row[0], DY_COLUMN_CELL, "diverges");
    if (spread->seeds == 0) {
        snprintf(row[1], DY_COLUMN_CELL, "never");
        return;
    }
    snprintf(row[1], DY_COLUMN_CELL, "%.3g", spread->median);
    if (found->seeds > 1) set_range(row[2], spread, found->seeds);
}

static void print_heading(const dy_found *found, FILE *out)
{
    const dy_range_test *test = &found->test;
    char count[32];
    fprintf(out, "lr range test: %g to %g in %s updates%s, %d seed%s", test->from, test->to,
            dy_format_count(count, sizeof count, test->steps), test->linear ? ", linear" : "",
            found->seeds, found->seeds > 1 ? "s" : "");
    if (found->trial.n > 0)
        fprintf(out, "; each tried in a one cycle of %s updates",
                dy_format_count(count, sizeof count, found->trial.steps));
    fputs(found->stopped ? "; stopped early\n" : "\n", out);
}

void dy_found_print(const dy_found *found, FILE *out)
{
    dy_columns t = { 0 };
    char(*head)[DY_COLUMN_CELL] = dy_columns_add(&t);
    snprintf(head[1], DY_COLUMN_CELL, "lr");
    if (found->seeds > 1) snprintf(head[2], DY_COLUMN_CELL, "over the seeds");
    if (found->trial.n > 0) {
        snprintf(head[3], DY_COLUMN_CELL, "%s", dy_measure_name(found->trial.by));
        snprintf(head[4], DY_COLUMN_CELL, "wins");
    }
    for (int pick = 0; pick < DY_PICKS; pick++) add_pick(&t, found, (dy_pick)pick);
    add_divergence(&t, found);
    print_heading(found, out);
    dy_columns_print(&t, out);
}

char *dy_found_text(const dy_found *found, char *to, size_t size)
{
    memset(to, 0, size);
    FILE *out = fmemopen(to, size - 1, "w");
    if (!out) return to;
    dy_found_print(found, out);
    fclose(out);
    return to;
}
