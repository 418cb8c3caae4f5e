/* live_state.c - how the training stands, in words: the lowest line and the title.   SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "view/live_inside.h"
#include "view/width.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const double SILENT_S = 1;   /* before it is said that the script does not answer */
static const double WANTED_S = 0.5; /* for a pause to come about */

/* --- signs of life ------------------------------------------------------------------------------------------------ */

/* Seconds in which the script made no update and no call into Derny. */
static double silence(dy_live *l)
{
    const dy_control *control = dy_board_control(l->board);
    int64_t pulse = atomic_load_explicit(&control->pulse, memory_order_acquire);
    bool engaged = atomic_load_explicit(&control->engaged, memory_order_relaxed);
    if (l->over || engaged || pulse != l->pulse || !(l->pulse_s > 0)) {
        l->pulse = pulse;
        l->pulse_s = l->now_s;
    }
    return l->now_s - l->pulse_s;
}

static bool listen(dy_live *l)
{
    double silent = silence(l);
    int whole = silent >= SILENT_S ? (int)silent : 0;
    if (whole == l->silent_s) return false;
    l->silent_s = whole;
    snprintf(l->silent, sizeof l->silent,
             "the script has not answered for %d s: x x stops it, shift r runs it again",
             whole);
    dy_live_trace(l, "silent %d", whole);
    return true;
}

/* --- portraits ---------------------------------------------------------------------------------------------------- */

/* A portrait is made only while someone looks at one. Which kind it is says the lab. */
static bool look_at_portrait(dy_live *l)
{
    bool wanted = l->look.on[DY_PANE_PLANE] || l->look.on[DY_PANE_WEIGHTS];
    int sitter = wanted && !l->hidden && l->look.chosen >= 0 ? l->look.chosen + 1 : 0;
    dy_control *control = dy_board_control(l->board);
    if (atomic_load_explicit(&control->sitter, memory_order_relaxed) != sitter)
        atomic_store_explicit(&control->sitter, sitter, memory_order_relaxed);
    if (!dy_board_look(l->board, &l->portrait_seen, l->portrait)) return false;
    l->portrait_kind = l->portrait->kind;
    return true;
}

/* --- the run at hand ---------------------------------------------------------------------------------------------- */

/* The one that was chosen, where its lane goes on now; else the first that trains. */
static int32_t run_at_hand(const dy_live *l)
{
    const dy_feed *f = &l->feed;
    dy_run_view run;
    if (dy_board_run(l->board, l->look.chosen, &run) && run.card->race == f->race &&
        dy_feed_lane(f, f->race, run.card->lane, &run) &&
        (dy_feed_running(&run) || !f->running))
        return run.index;
    for (int32_t lane = 0; lane < f->lanes; lane++)
        if (dy_feed_lane(f, f->race, lane, &run) && (dy_feed_running(&run) || !f->running))
            return run.index;
    return -1;
}

static void say_state(dy_live *l)
{
    if (l->over) return;
    bool paused = l->feed.paused && l->feed.running;
    if (paused && (strcmp(l->state, "paused") != 0 || l->stood != l->feed.newest)) {
        l->stood = l->feed.newest;
        dy_live_trace(l, "stands %" PRId64, l->stood);
    }
    snprintf(l->state, sizeof l->state, "%s",
             paused              ? "paused"
             : l->feed.running   ? "training"
             : l->feed.race >= 0 ? "between runs"
                                 : "starting");
}

/* A guess is made before the race goes on, or at a pause. */
static void seal_guess(dy_live *l)
{
    bool goes_on = l->feed.running && !l->feed.paused && l->feed.newest > 0;
    if (!l->guess.open || (!goes_on && l->guess.race == l->feed.race)) return;
    if (l->now_s - l->want_s < WANTED_S && l->want_paused) return;
    l->guess.open = false;
    dy_live_trace(l, "sealed");
}

bool dy_live_look_out(dy_live *l)
{
    bool changed = dy_feed_read(&l->feed);
    if (changed) {
        int32_t at_hand = run_at_hand(l);
        if (l->look.strong == l->look.chosen && l->look.strong >= 0) l->look.strong = at_hand;
        l->look.chosen = at_hand;
        if (l->feed.running && !l->feed.paused)
            dy_rate_take(&l->rate, l->feed.newest, l->now_s);
        else
            l->rate.at = -1;
        dy_look_keep_up(&l->look, (double)l->feed.newest, (double)l->feed.whole);
    }
    say_state(l);
    seal_guess(l);
    if (l->now_s - l->want_s > WANTED_S) l->want_paused = l->feed.paused;
    changed |= dy_hold_follow(&l->hold, &l->feed, l->look.chosen, l->now_s);
    changed |= look_at_portrait(l);
    changed |= listen(l);
    return changed;
}

/* --- in words ----------------------------------------------------------------------------------------------------- */

void dy_live_fill_bar(const dy_live *l, dy_bar *bar)
{
    const dy_feed *f = &l->feed;
    bool trains = l->board && f->running && !l->over;
    *bar = (dy_bar){ .state = l->state,
                     .epoch = (double)NAN,
                     .rate = trains && !f->paused ? l->rate.per_s : (double)NAN,
                     .limit = trains ? f->limit : 0,
                     .message = l->line.text[0] ? l->line.text : NULL,
                     .alarm = l->line.alarm };
    if (l->board && f->race >= 0) {
        bar->step = f->newest;
        bar->steps = f->steps;
        if (f->epoch_steps > 0) bar->epoch = (double)f->newest / (double)f->epoch_steps;
    }
    if (l->silent_s == 0) return;
    bar->message = l->silent;
    bar->alarm = true;
}

void dy_live_set_title(dy_live *l)
{
    char title[sizeof l->title], name[96], where[32] = "";
    dy_run_view run;
    const char *slash = strrchr(l->spec.script, '/');
    const char *of = slash ? slash + 1 : l->spec.script;
    if (l->board && l->feed.lanes == 1 && dy_board_run(l->board, l->look.chosen, &run))
        of = dy_clean(name, sizeof name, run.card->name, sizeof run.card->name);
    if (l->board && l->feed.steps > 0)
        snprintf(where, sizeof where, " %.0f %%",
                 floor(100.0 * (double)l->feed.newest / (double)l->feed.steps));
    const char *state = l->silent_s > 0 ? "not answering" : l->state;
    snprintf(title, sizeof title, "%s%s - %s - Derny", state, where, of);
    if (!l->window || strcmp(title, l->title) == 0) return;
    memcpy(l->title, title, sizeof title);
    dy_window_title(l->window, title);
    dy_live_trace(l, "title %s", title);
}
