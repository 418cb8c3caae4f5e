/* found.c - see found.h.   SPDX-License-Identifier: MIT */
#include "lab/found.h"

#include <math.h>

enum { TRIAL_UPDATES = 300 }; /* at least, where nothing is said */

/* What the trial rides with: the medians that there are. */
static int choose_riders(const dy_suggestions *says, dy_found_trial *trial,
                         dy_trial_rider riders[DY_PICKS])
{
    int n = 0;
    for (int pick = 0; pick < DY_PICKS; pick++) {
        double rate = says->spread[pick].median;
        if (isnan(rate)) continue;
        trial->pick[n] = (dy_pick)pick;
        riders[n++] = (dy_trial_rider){ DY_PICK_NAMES[pick], rate };
    }
    return n;
}

static int64_t whole_epochs(int64_t updates, int64_t epoch_steps)
{
    return (updates + epoch_steps - 1) / epoch_steps * epoch_steps;
}

/* A momentum of 0 was meant: a cycle would raise it. */
dy_trial_spec dy_found_trial_spec(const dy_found_spec *spec, const dy_found *found)
{
    const dy_finder_spec *finder = &spec->finder;
    bool unsaid = spec->try_steps == 0 && spec->try_epochs == 0;
    int64_t epoch_steps = found->runs[0].card->epoch_steps;
    return (dy_trial_spec){ .race = finder->race,
                            .seeds = found->seeds,
                            .steps = unsaid ? whole_epochs(TRIAL_UPDATES, epoch_steps)
                                            : spec->try_steps,
                            .epochs = spec->try_epochs,
                            .cycle_momentum = finder->race.optim.momentum > 0,
                            .number = finder->number + found->races,
                            .memory_limit = finder->memory_limit };
}

static bool try_picks(dy_found *found, dy_lab *lab, const dy_found_spec *spec, dy_error *err)
{
    dy_run_view runs[DY_FINDER_SEEDS * DY_PICKS];
    dy_trial_rider riders[DY_PICKS];
    dy_found_trial *trial = &found->trial;
    int n = choose_riders(&found->says, trial, riders);
    if (n == 0) return true;
    dy_trial_spec ride = dy_found_trial_spec(spec, found);
    ride.riders = riders;
    ride.n = n;
    if (!dy_trial_run(lab, &ride, runs, err)) return false;
    found->races += found->seeds;
    trial->n = n;
    trial->steps = runs[0].card->steps;
    trial->by = dy_trial_judge(runs, found->seeds, n, trial->rows, &trial->best);
    return true;
}

static bool stop_asked(const dy_lab *lab)
{
    return atomic_load_explicit(&dy_board_control(lab->board)->stop, memory_order_relaxed);
}

bool dy_found_open(dy_found *found, dy_lab *lab, const dy_found_spec *spec, dy_error *err)
{
    const dy_finder_spec *finder = &spec->finder;
    *found = (dy_found){ .test = finder->test,
                         .seeds = finder->seeds,
                         .races = 1,
                         .trial.best = -1,
                         .arena = dy_arena_make(0) };
    bool ok = dy_finder_run(lab, finder, found->runs, err) &&
              dy_finder_read(found->runs, found->seeds, &found->says, &found->arena, err) &&
              (!spec->try || stop_asked(lab) || try_picks(found, lab, spec, err));
    found->stopped = stop_asked(lab);
    if (!ok) dy_found_close(found);
    return ok;
}

void dy_found_close(dy_found *found)
{
    dy_arena_close(&found->arena);
}
