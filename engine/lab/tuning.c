/* tuning.c - see tuning.h.   SPDX-License-Identifier: MIT */
#include "lab/tuning.h"

#include "base/text.h"
#include "lab/columns.h"

#include <math.h>
#include <string.h>

const char *const DY_TUNABLE_NAMES[] = { [DY_TUNE_MOMENTUM] = "momentum",
                                         [DY_TUNE_WEIGHT_DECAY] = "weight_decay",
                                         [DY_TUNABLES] = NULL };

int dy_tuning_defaults(dy_tunable what, double values[DY_TUNING_VALUES])
{
    static const double MOMENTA[] = { 0, 0.5, 0.8, 0.9, 0.95, 0.99 };
    static const double DECAYS[] = { 0, 1e-5, 1e-4, 1e-3, 1e-2 };
    bool momentum = what == DY_TUNE_MOMENTUM;
    size_t size = momentum ? sizeof MOMENTA : sizeof DECAYS;
    memcpy(values, momentum ? MOMENTA : DECAYS, size);
    return (int)(size / sizeof *values);
}

static void set(dy_race_spec *race, dy_tunable what, double value)
{
    *(what == DY_TUNE_MOMENTUM ? &race->optim.momentum : &race->optim.weight_decay) = value;
}

static bool check(const dy_tuning_spec *spec, dy_error *err)
{
    if (spec->n < 2 || spec->n > DY_TUNING_VALUES)
        return dy_fail(err, "%d values; want 2 to %d to compare", spec->n, DY_TUNING_VALUES);
    for (int i = 0; i < spec->n; i++) {
        dy_race_spec race = spec->test.finder.race;
        set(&race, spec->what, spec->values[i]);
        if (!dy_optim_check(&race.optim, err)) return dy_fail_in(err, "values[%d]", i + 1);
    }
    return true;
}

static bool test_value(dy_tuning *tuning, dy_lab *lab, const dy_tuning_spec *spec, int i,
                       dy_error *err)
{
    char name[48], value[24];
    dy_found_spec test = spec->test;
    test.try = false;
    test.finder.number += tuning->races;
    set(&test.finder.race, spec->what, spec->values[i]);
    dy_format_real(value, sizeof value, spec->values[i]);
    snprintf(name, sizeof name, "%s %s", DY_TUNABLE_NAMES[spec->what], value);
    test.finder.name = name;
    dy_found *found = dy_arena_take(&tuning->arena, 1, sizeof *found, err);
    if (!found || !dy_found_open(found, lab, &test, err)) return false;
    tuning->found[i] = found;
    tuning->races += found->races;
    return true;
}

/* Runs [seeds] of value i at its own suggestion. Momentum that is under test may not move. */
static bool try_value(dy_tuning *tuning, dy_lab *lab, const dy_tuning_spec *spec, int i,
                      dy_run_view *runs, dy_error *err)
{
    const dy_found *found = tuning->found[i];
    dy_trial_rider rider = { DY_TUNABLE_NAMES[spec->what],
                             found->says.spread[spec->pick].median };
    dy_trial_spec trial = dy_found_trial_spec(&spec->test, found);
    set(&trial.race, spec->what, spec->values[i]);
    trial.riders = &rider;
    trial.n = 1;
    trial.cycle_momentum = spec->what != DY_TUNE_MOMENTUM && trial.race.optim.momentum > 0;
    trial.number = spec->test.finder.number + tuning->races;
    if (!dy_trial_run(lab, &trial, runs, err)) return false;
    tuning->races += found->seeds;
    tuning->steps = runs[0].card->steps;
    return true;
}

static bool suggests(const dy_tuning *tuning, int i)
{
    return tuning->found[i] && tuning->found[i]->says.spread[tuning->pick].seeds > 0;
}

/* The runs are judged as riders of one race a seed: the weights and batches of a seed are the same for every value. */
static bool try_all(dy_tuning *tuning, dy_lab *lab, const dy_tuning_spec *spec, dy_error *err)
{
    int seeds = spec->test.finder.seeds, n = 0, value_of[DY_TUNING_VALUES];
    dy_run_view one[DY_FINDER_SEEDS], all[DY_FINDER_SEEDS * DY_TUNING_VALUES];
    dy_standings_row rows[DY_TUNING_VALUES];
    for (int i = 0; i < tuning->n; i++)
        if (suggests(tuning, i)) value_of[n++] = i;
    for (int j = 0; j < n; j++) {
        if (!try_value(tuning, lab, spec, value_of[j], one, err)) return false;
        for (int k = 0; k < seeds; k++) all[k * n + j] = one[k];
    }
    if (n == 0) return true;
    int best;
    tuning->by = dy_trial_judge(all, seeds, n, rows, &best);
    if (best >= 0) tuning->best = value_of[best];
    for (int j = 0; j < n; j++) tuning->rows[value_of[j]] = rows[j];
    return true;
}

static bool stop_asked(const dy_lab *lab)
{
    return atomic_load_explicit(&dy_board_control(lab->board)->stop, memory_order_relaxed);
}

bool dy_tuning_open(dy_tuning *tuning, dy_lab *lab, const dy_tuning_spec *spec, dy_error *err)
{
    if (!check(spec, err)) return false;
    *tuning = (dy_tuning){ .what = spec->what,
                           .pick = spec->pick,
                           .n = spec->n,
                           .best = -1,
                           .arena = dy_arena_make(0) };
    memcpy(tuning->values, spec->values, (size_t)spec->n * sizeof *spec->values);
    bool ok = true;
    for (int i = 0; ok && i < spec->n && !stop_asked(lab); i++)
        ok = test_value(tuning, lab, spec, i, err);
    ok = ok && (stop_asked(lab) || try_all(tuning, lab, spec, err));
    tuning->stopped = stop_asked(lab);
    if (!ok) dy_tuning_close(tuning);
    return ok;
}

void dy_tuning_close(dy_tuning *tuning)
{
    for (int i = 0; i < tuning->n; i++)
        if (tuning->found[i]) dy_found_close(tuning->found[i]);
    tuning->n = 0;
    dy_arena_close(&tuning->arena);
}

static void add_value(dy_columns *t, const dy_tuning *tuning, int i)
{
    const dy_suggestions *says = &tuning->found[i]->says;
    const dy_spread *pick = &says->spread[tuning->pick];
    const dy_standings_row *row = &tuning->rows[i];
    char(*cell)[DY_COLUMN_CELL] = dy_columns_add(t);
    dy_format_real(cell[0], DY_COLUMN_CELL, tuning->values[i]);
    snprintf(cell[1], DY_COLUMN_CELL, pick->seeds > 0 ? "%.3g" : "none", pick->median);
    snprintf(cell[2], DY_COLUMN_CELL, says->divergence.seeds > 0 ? "%.3g" : "never",
             says->divergence.median);
    if (tuning->steps == 0 || pick->seeds == 0) return;
    dy_measure_format(cell[3], DY_COLUMN_CELL, tuning->by, row);
    snprintf(cell[4], DY_COLUMN_CELL, "%d of %d%s", row->wins, tuning->found[i]->seeds,
             i == tuning->best ? "  <- best" : "");
}

static void print(const dy_tuning *tuning, FILE *out)
{
    dy_columns t = { 0 };
    char(*head)[DY_COLUMN_CELL] = dy_columns_add(&t);
    const char *what = DY_TUNABLE_NAMES[tuning->what], *pick = DY_PICK_NAMES[tuning->pick];
    char count[32];
    snprintf(head[0], DY_COLUMN_CELL, "%s", what);
    snprintf(head[1], DY_COLUMN_CELL, "%s lr", pick);
    snprintf(head[2], DY_COLUMN_CELL, "diverges");
    if (tuning->steps > 0) {
        snprintf(head[3], DY_COLUMN_CELL, "%s", dy_measure_name(tuning->by));
        snprintf(head[4], DY_COLUMN_CELL, "wins");
    }
    for (int i = 0; i < tuning->n; i++)
        if (tuning->found[i]) add_value(&t, tuning, i);
    fprintf(out, "%s: an lr range test of each, %d seeds", what,
            tuning->found[0] ? tuning->found[0]->seeds : 0);
    if (tuning->steps > 0)
        fprintf(out, "; then a one cycle of %s updates, at most its %s lr",
                dy_format_count(count, sizeof count, tuning->steps), pick);
    fputs(tuning->stopped ? "; stopped early\n" : "\n", out);
    dy_columns_print(&t, out);
}

char *dy_tuning_text(const dy_tuning *tuning, char *to, size_t size)
{
    memset(to, 0, size);
    FILE *out = fmemopen(to, size - 1, "w");
    if (!out) return to;
    print(tuning, out);
    fclose(out);
    return to;
}
