/* plot_range.c - see plot_range.h. Everything comes from the board: the tapes of the ramps, and how the trials ended.
 *
 * SPDX-License-Identifier: MIT */
#include "cli/plot_range.h"

#include "base/text.h"
#include "lab/found.h"
#include "view/paint.h"
#include "view/range_scene.h"

#include <math.h>
#include <string.h>

enum { TESTS_MOST = DY_RANGE_ROWS - 1, LABEL = 64 };

/* The ramps of one test. */
typedef struct test {
    dy_run_view runs[DY_FINDER_SEEDS];
    int seeds;
    char label[LABEL];
} test;

typedef struct tests {
    const dy_board *board;
    dy_arena arena;
    test *test;           /* [n] */
    dy_suggestions *says; /* [n] */
    dy_trace *traces;     /* of all ramps */
    int32_t n, n_traces;
    int64_t tried; /* updates of a run of the trial; 0: there was none */
} tests;

bool dy_plot_range_wanted(const dy_board *board)
{
    bool any = false;
    for (int32_t i = 0; i < dy_board_len(board); i++) {
        dy_run_view run;
        if (!dy_board_run(board, i, &run)) continue;
        if (!run.card->aside) return false;
        any |= run.card->range_test;
    }
    return any;
}

/* A card's name without the seed: "momentum 0.9". */
static void label_of(const dy_card *card, char to[LABEL])
{
    snprintf(to, LABEL, "%.*s", (int)sizeof card->name, card->name);
    char *seed = strstr(to, ", seed ");
    if (seed) *seed = '\0';
}

static void add_ramp(tests *t, const dy_run_view *run)
{
    bool new = t->n == 0 || t->test[t->n - 1].runs[0].card->race != run->card->race;
    if (new && t->n == TESTS_MOST) return;
    test *into = &t->test[new ? t->n++ : t->n - 1];
    if (into->seeds == DY_FINDER_SEEDS) return;
    if (new) label_of(run->card, into->label);
    into->runs[into->seeds++] = *run;
    t->traces[t->n_traces++] = (dy_trace){ .run = *run };
}

static bool read_tests(tests *t, dy_error *err)
{
    int32_t len = dy_board_len(t->board);
    if (!(t->test = dy_arena_take(&t->arena, TESTS_MOST, sizeof *t->test, err)) ||
        !(t->says = dy_arena_take(&t->arena, TESTS_MOST, sizeof *t->says, err)) ||
        !(t->traces = dy_arena_take(&t->arena, len, sizeof *t->traces, err)))
        return false;
    for (int32_t i = 0; i < len; i++) {
        dy_run_view run;
        if (dy_board_run(t->board, i, &run) && run.card->range_test) add_ramp(t, &run);
    }
    for (int32_t i = 0; i < t->n; i++)
        if (!dy_finder_read(t->test[i].runs, t->test[i].seeds, &t->says[i], &t->arena, err))
            return false;
    return true;
}

/* The run of a trial that went with a ramp: the same seed and optimizer, under this name. */
static bool find_trial(const tests *t, const dy_run_view *ramp, const char *name,
                       dy_run_view *found)
{
    for (int32_t i = ramp->index + 1; i < dy_board_len(t->board); i++) {
        dy_run_view run;
        if (!dy_board_run(t->board, i, &run) || run.card->range_test) continue;
        char label[LABEL];
        label_of(run.card, label);
        if (strcmp(label, name) != 0 || run.card->seed != ramp->card->seed ||
            strcmp(run.card->optimizer, ramp->card->optimizer) != 0)
            continue;
        *found = run;
        return true;
    }
    return false;
}

/* One rider for each row, of the test that the row is of. Gives each row a note, if there was a trial. */
static const char *judge(tests *t, dy_range_row *rows, const test *const *of,
                         const char *const *names, int n, dy_error *err)
{
    int seeds = of[0]->seeds, best;
    dy_run_view *runs = dy_arena_take(&t->arena, (int64_t)seeds * n, sizeof *runs, err);
    dy_standings_row *standings = dy_arena_take(&t->arena, n, sizeof *standings, err);
    if (!runs || !standings) return NULL;
    for (int k = 0; k < seeds; k++)
        for (int i = 0; i < n; i++)
            if (!find_trial(t, &of[i]->runs[k], names[i], &runs[k * n + i])) return NULL;
    dy_measure by = dy_trial_judge(runs, seeds, n, standings, &best);
    t->tried = runs[0].card->steps;
    for (int i = 0; i < n; i++) {
        char *note = dy_arena_take(&t->arena, LABEL, 1, err);
        if (!note) return NULL;
        rows[i].note = dy_measure_format(note, LABEL, by, &standings[i]);
        rows[i].strong = i == best;
    }
    return dy_measure_name(by);
}

/* "median and range over 5 seeds; each tried in a one cycle of 300 updates" */
static void note_rows(const tests *t, char *to, size_t size)
{
    char tried[80] = "", count[32];
    int seeds = t->test[0].seeds;
    if (t->tried > 0)
        snprintf(tried, sizeof tried, "  ·  each tried in a one cycle of %s updates",
                 dy_format_count(count, sizeof count, t->tried));
    if (seeds > 1)
        snprintf(to, size, "median and range over %d seeds%s", seeds, tried);
    else
        snprintf(to, size, "of one seed%s", tried);
}

static bool paint(const tests *t, dy_range_plot *plot, const char *path, dy_error *err)
{
    dy_scene scene;
    dy_arena arena = dy_arena_make(0);
    dy_view view = dy_view_defaults();
    view.height_px = 560;
    view.title = "learning-rate range test";
    view.measure = dy_paint_measure;
    plot->curves = t->says;
    plot->n_curves = t->n;
    plot->traces = t->traces;
    plot->n_traces = t->n_traces;
    plot->linear = strstr(t->traces[0].run.card->schedule, "linear") != NULL;
    bool ok = dy_range_scene_make(&scene, &arena, plot, &view, err) &&
              dy_paint_file(&scene, path, err);
    dy_arena_close(&arena);
    return ok;
}

/* Every rule's suggestion, and where the loss got out of hand. */
static bool plot_one(tests *t, const char *path, dy_error *err)
{
    dy_range_row rows[DY_PICKS + 1];
    const test *of[DY_PICKS];
    const char *names[DY_PICKS];
    char note[160];
    int n = 0;
    for (int pick = 0; pick < DY_PICKS; pick++) {
        if (t->says->spread[pick].seeds == 0) continue;
        of[n] = &t->test[0];
        names[n] = DY_PICK_NAMES[pick];
        rows[n++] = (dy_range_row){ .label = DY_PICK_NAMES[pick],
                                    .spread = t->says->spread[pick],
                                    .colour = pick + 1 };
    }
    const char *by = n > 0 ? judge(t, rows, of, names, n, err) : NULL;
    if (t->says->divergence.seeds > 0)
        rows[n++] =
            (dy_range_row){ .label = "diverges", .spread = t->says->divergence, .curve = -1 };
    note_rows(t, note, sizeof note);
    dy_range_plot plot = { .rows = rows,
                           .n_rows = n,
                           .rows_name = "suggestions",
                           .rows_note = note,
                           .notes_name = by,
                           .loss_note = t->test[0].seeds > 1
                                            ? "smoothed: mean, seeds, quartiles"
                                            : "smoothed" };
    return paint(t, &plot, path, err);
}

/* Of each test the steepest. */
static bool plot_several(tests *t, const char *path, dy_error *err)
{
    dy_range_row rows[TESTS_MOST];
    const test *of[TESTS_MOST];
    const char *names[TESTS_MOST];
    char words[TESTS_MOST][LABEL], note[160];
    int n = 0;
    for (int32_t i = 0; i < t->n; i++) {
        if (t->says[i].spread[DY_PICK_STEEPEST].seeds == 0) continue;
        of[n] = &t->test[i];
        snprintf(words[n], LABEL, "%.*s", (int)strcspn(t->test[i].label, " "),
                 t->test[i].label);
        names[n] = words[n];
        rows[n++] = (dy_range_row){ .label = t->test[i].label,
                                    .spread = t->says[i].spread[DY_PICK_STEEPEST],
                                    .curve = i,
                                    .colour = i };
    }
    const char *by = n > 0 ? judge(t, rows, of, names, n, err) : NULL;
    note_rows(t, note, sizeof note);
    dy_range_plot plot = { .rows = rows,
                           .n_rows = n,
                           .rows_name = "steepest",
                           .rows_note = note,
                           .notes_name = by,
                           .loss_note = "smoothed: means and quartiles" };
    return paint(t, &plot, path, err);
}

bool dy_plot_range(const dy_board *board, const char *path, dy_error *err)
{
    tests t = { .board = board, .arena = dy_arena_make(0) };
    bool ok = read_tests(&t, err) &&
              (t.n == 1 ? plot_one(&t, path, err) : plot_several(&t, path, err));
    dy_arena_close(&t.arena);
    return ok;
}
