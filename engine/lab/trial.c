/* trial.c - see trial.h.   SPDX-License-Identifier: MIT */
#include "lab/trial.h"

#include "lab/session.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RIDERS_MAX = 64, NAME_MAX_BYTES = 64 };

static void set(dy_spec *schedule, const char *name, double value)
{
    for (int i = 0; schedule->recipe->params[i].name; i++)
        if (strcmp(schedule->recipe->params[i].name, name) == 0)
            schedule->args[i] = (dy_arg){ .given = true, .real = value };
}

static dy_spec one_cycle(double max_lr, bool cycle_momentum)
{
    dy_spec schedule = { .recipe = dy_recipe_find("one_cycle") };
    set(&schedule, "max_lr", max_lr);
    if (!cycle_momentum) set(&schedule, "cycle_momentum", 0);
    return schedule;
}

static bool run_out(dy_session *session, dy_error *err)
{
    while (dy_session_more(session))
        if (!dy_session_step(session, err)) return false;
    return true;
}

static bool race_seed(dy_lab *lab, const dy_trial_spec *spec, int k, dy_run_view *runs,
                      dy_error *err)
{
    dy_spec schedules[RIDERS_MAX];
    dy_entrant entrants[RIDERS_MAX];
    char names[RIDERS_MAX][NAME_MAX_BYTES];
    dy_session_spec session_spec = { .race = spec->race,
                                     .entrants = entrants,
                                     .number = spec->number + k,
                                     .steps = spec->steps,
                                     .epochs = spec->epochs,
                                     .eval_every = -1,
                                     .memory_limit = spec->memory_limit,
                                     .aside = true };
    session_spec.race.lanes = spec->n;
    session_spec.race.seed += (uint64_t)k;
    for (int i = 0; i < spec->n; i++) {
        schedules[i] = one_cycle(spec->riders[i].max_lr, spec->cycle_momentum);
        snprintf(names[i], sizeof names[i], "%.30s, seed %llu", spec->riders[i].name,
                 (unsigned long long)session_spec.race.seed);
        entrants[i] = (dy_entrant){ names[i], &schedules[i] };
    }
    dy_session *session;
    if (!dy_session_open(&session, lab, &session_spec, err)) return false;
    bool ok = run_out(session, err);
    for (int i = 0; i < spec->n; i++) runs[i] = dy_session_run(session, i);
    dy_session_close(session);
    return ok;
}

bool dy_trial_run(dy_lab *lab, const dy_trial_spec *spec, dy_run_view *runs, dy_error *err)
{
    DY_ASSERT(spec->n >= 1 && spec->n <= RIDERS_MAX);
    int was = dy_lab_enter(lab);
    bool ok = true;
    for (int k = 0; ok && k < spec->seeds; k++)
        ok = race_seed(lab, spec, k, &runs[(int64_t)k * spec->n], err);
    dy_lab_leave(lab, was);
    return ok;
}

/* More is better for all of them. */
static double value_of(const dy_run_view *run, dy_measure by)
{
    const dy_outcome *outcome = run->outcome;
    if (atomic_load(&outcome->status) != DY_DONE) return NAN;
    return by == DY_BY_ACCURACY    ? outcome->test_accuracy
           : by == DY_BY_TEST_LOSS ? -outcome->test_loss
                                   : -outcome->train_loss;
}

/* The first that some finished run has. */
static dy_measure measure_of(const dy_run_view *runs, int n)
{
    for (int by = DY_BY_ACCURACY; by < DY_BY_TRAIN_LOSS; by++)
        for (int i = 0; i < n; i++)
            if (!isnan(value_of(&runs[i], (dy_measure)by))) return (dy_measure)by;
    return DY_BY_TRAIN_LOSS;
}

static void add_wins(const dy_run_view *riders, int n, dy_measure by, dy_standings_row *rows)
{
    double most = -(double)INFINITY;
    for (int i = 0; i < n; i++) most = fmax(most, value_of(&riders[i], by));
    for (int i = 0; i < n; i++) rows[i].wins += value_of(&riders[i], by) == most;
}

static void summarise(const dy_run_view *runs, int seeds, int n, int i, dy_measure by,
                      dy_standings_row *row)
{
    double sum = 0, squares = 0;
    for (int k = 0; k < seeds; k++) {
        double value = value_of(&runs[k * n + i], by);
        if (isnan(value)) continue;
        sum += value;
        row->done++;
    }
    double mean = row->done > 0 ? sum / row->done : (double)NAN;
    for (int k = 0; k < seeds; k++) {
        double value = value_of(&runs[k * n + i], by);
        if (!isnan(value)) squares += (value - mean) * (value - mean);
    }
    row->mean = mean;
    row->std = row->done > 1   ? sqrt(squares / (row->done - 1))
               : row->done > 0 ? 0
                               : (double)NAN;
}

static bool better(const dy_standings_row *a, const dy_standings_row *b)
{
    return a->done != b->done ? a->done > b->done : a->mean > b->mean;
}

dy_measure dy_trial_judge(const dy_run_view *runs, int seeds, int n, dy_standings_row *rows,
                          int *best)
{
    dy_measure by = measure_of(runs, seeds * n);
    memset(rows, 0, (size_t)n * sizeof *rows);
    for (int k = 0; k < seeds; k++) add_wins(&runs[(int64_t)k * n], n, by, rows);
    *best = -1;
    for (int i = 0; i < n; i++) {
        summarise(runs, seeds, n, i, by, &rows[i]);
        if (rows[i].done > 0 && (*best < 0 || better(&rows[i], &rows[*best]))) *best = i;
    }
    for (int i = 0; i < n; i++)
        if (by != DY_BY_ACCURACY) rows[i].mean = -rows[i].mean;
    return by;
}
