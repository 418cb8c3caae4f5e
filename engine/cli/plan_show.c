/* plan_show.c - see plan_show.h.   SPDX-License-Identifier: MIT */
#include "cli/plan_show.h"

#include "base/text.h"
#include "cli/args.h"
#include "view/width.h"

#include <math.h>
#include <string.h>

enum { LANES_MOST = 64, SHOWN_MOST = 24, TEXT_MAX = 400 };

/* A race: its riders, the board's runs first to first + n - 1. */
typedef struct planned {
    int32_t first, n;
    int times; /* it is run, other seeds counted */
} planned;

static bool run_at(const dy_board *board, int32_t i, dy_run_view *run)
{
    return dy_board_run(board, i, run) && !run->card->aside;
}

/* The race that begins at run `first`; its n is 0 where there is none. */
static planned race_at(const dy_board *board, int32_t first)
{
    dy_run_view head, run;
    planned race = { first, 0, 1 };
    if (!run_at(board, first, &head)) return race;
    while (race.n < LANES_MOST && first + race.n < dy_board_len(board) &&
           run_at(board, first + race.n, &run) && run.card->race == head.card->race)
        race.n++;
    return race;
}

static bool same_value(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_run(const dy_run_view *a, const dy_run_view *b)
{
    int64_t len = dy_tape_len(a->tape);
    if (strcmp(a->card->schedule, b->card->schedule) != 0 || a->card->steps != b->card->steps ||
        a->card->epoch_steps != b->card->epoch_steps || len != dy_tape_len(b->tape))
        return false;
    for (int64_t i = 0; i < len; i++)
        if (!same_value(dy_tape_at(a->tape, DY_LR, i), dy_tape_at(b->tape, DY_LR, i)) ||
            !same_value(dy_tape_at(a->tape, DY_MOMENTUM, i),
                        dy_tape_at(b->tape, DY_MOMENTUM, i)))
            return false;
    return true;
}

static bool same_race(const dy_board *board, const planned *a, const planned *b)
{
    for (int32_t i = 0; i < a->n; i++) {
        dy_run_view x, y;
        if (a->n != b->n || !dy_board_run(board, a->first + i, &x) ||
            !dy_board_run(board, b->first + i, &y) || !same_run(&x, &y))
            return false;
    }
    return true;
}

/* The races to be drawn; *more is how many there were no room for. */
static int gather(const dy_board *board, planned races[SHOWN_MOST], int *more)
{
    int n = 0;
    *more = 0;
    for (int32_t i = 0; i < dy_board_len(board);) {
        planned race = race_at(board, i);
        int same = 0;
        i += race.n > 0 ? race.n : 1;
        if (race.n == 0) continue;
        while (same < n && !same_race(board, &race, &races[same])) same++;
        if (same < n)
            races[same].times++;
        else if (n < SHOWN_MOST)
            races[n++] = race;
        else
            ++*more;
    }
    return n;
}

/* "mnist1d, mlp 40-100-10 relu, sgd momentum 0.9, batch 64: 2,520 updates, 40 epochs; 5 times" */
static void print_heading(FILE *out, const planned *race, const dy_card *card, int columns)
{
    char line[TEXT_MAX], steps[32], times[32] = "";
    dy_format_count(steps, sizeof steps, card->steps);
    if (race->times > 1) snprintf(times, sizeof times, "; %d times", race->times);
    snprintf(line, sizeof line, "%s, %s, %s, batch %lld: %s updates, %.4g epochs%s", card->data,
             card->model, card->optimizer, (long long)card->batch, steps,
             (double)card->steps / (double)card->epoch_steps, times);
    dy_show_line(out, "", 0, line, columns);
}

static bool show_race(FILE *out, const dy_board *board, const planned *race, dy_captions about,
                      bool effective, dy_error *err)
{
    dy_chart_look look = dy_chart_look_at(out);
    dy_course course[LANES_MOST] = { 0 };
    char text[LANES_MOST][TEXT_MAX];
    dy_courses courses = { .course = course, .n = race->n, .brief = true };
    dy_run_view head;
    if (!dy_board_run(board, race->first, &head)) return true; /* the lab was broken */
    for (int i = 0; i < race->n; i++) {
        int32_t at = race->first + i;
        course[i] = (dy_course){ .text = text[i], .about = about[at] ? about[at] : "" };
        if (!dy_board_run(board, at, &course[i].run)) return true;
        course[i].done = dy_tape_len(course[i].run.tape) > 0;
        snprintf(text[i], sizeof text[i], "%s: %s", course[i].run.card->name,
                 course[i].run.card->schedule);
    }
    print_heading(out, race, head.card, look.columns);
    fputc('\n', out);
    courses.arena = dy_arena_make(0);
    bool ok = (!effective || dy_courses_effective(&courses, err)) &&
              dy_courses_show(out, &courses, look, err);
    dy_arena_close(&courses.arena);
    return ok;
}

bool dy_plan_show(FILE *out, const dy_board *board, dy_captions about, bool effective,
                  dy_error *err)
{
    planned races[SHOWN_MOST];
    int more, n = gather(board, races, &more);
    for (int i = 0; i < n; i++) {
        if (i > 0) fputs("\n\n", out);
        if (!show_race(out, board, &races[i], about, effective, err)) return false;
    }
    if (n == 0) fputs("The script plans no run.\n", out);
    if (more > 0) fprintf(out, "\n%d more, of other schedules; --csv has them all.\n", more);
    return true;
}

int32_t dy_plan_runs(const dy_board *board, int32_t runs[DY_PLAN_RUNS])
{
    planned races[SHOWN_MOST];
    int more, n = gather(board, races, &more);
    int32_t used = 0;
    for (int i = 0; i < n; i++)
        for (int32_t k = 0; k < races[i].n; k++) runs[used++] = races[i].first + k;
    return used;
}
