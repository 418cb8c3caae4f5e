/* sample.c - see sample.h.   SPDX-License-Identifier: MIT */
#include "sample.h"

#include "view/fit.h"
#include "view/layout.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

dy_board *sample_board(void)
{
    dy_board *board;
    dy_error err;
    cr_assert(dy_board_open(&board, (size_t)64 << 20, &err), "%s", err.text);
    return board;
}

dy_run_view sample_run(dy_board *board, const char *name, int64_t steps, int64_t len)
{
    dy_card card = { .steps = steps, .epoch_steps = 10, .batch = 32, .seed = 1 };
    dy_run_view run;
    dy_error err;
    snprintf(card.name, sizeof card.name, "%s", name);
    snprintf(card.data, sizeof card.data, "spirals");
    cr_assert(dy_board_add(board, &card, 16, &run, &err), "%s", err.text);
    for (int64_t i = 0; i < len; i++) {
        double p = (double)i / (double)steps;
        dy_tape_push(run.tape, (dy_sample){
                                   .lr = 0.1 * (1 - p),
                                   .momentum = 0.9,
                                   .loss = (float)(2 / (1 + (double)i / 10)),
                               });
    }
    return run;
}

static void finish(dy_run_view run, dy_status status, double accuracy)
{
    bool good = status == DY_DONE;
    run.outcome->updates = dy_tape_len(run.tape);
    run.outcome->seconds = 2;
    run.outcome->train_loss = good ? 0.2 : (double)NAN;
    run.outcome->test_loss = good ? 0.25 : (double)NAN;
    run.outcome->test_accuracy = accuracy;
    run.outcome->status = status;
}

void sample_done(dy_run_view run, double accuracy)
{
    finish(run, DY_DONE, accuracy);
}

void sample_diverged(dy_run_view run)
{
    dy_tape_push(run.tape, (dy_sample){ .lr = 0.1, .momentum = 0.9, .loss = INFINITY });
    finish(run, DY_DIVERGED, (double)NAN);
}

void sample_score(dy_board *board, dy_run_view run, int64_t step, double loss)
{
    dy_mark mark = { .step = step, .kind = DY_MARK_SCORE, .loss = loss, .accuracy = 0.5 };
    dy_board_mark(board, run.index, &mark);
}

dy_draft sample_draft(const dy_board *board, const dy_view *view, dy_arena *arena,
                      dy_error *err)
{
    dy_trace *traces;
    int32_t n;
    cr_assert(dy_traces_read(&traces, &n, board, arena, err), "%s", err->text);
    return (dy_draft){
        .view = view,
        .traces = traces,
        .n = n,
        .theme = dy_theme_make(view->dark),
        .em = 10,
        .arena = arena,
        .err = err,
    };
}

void sample_read(dy_draft *draft, const dy_pane_spec *specs, int32_t n)
{
    dy_view view = *draft->view;
    view.panes = specs;
    view.n_panes = n;
    const dy_view *was = draft->view;
    draft->view = &view;
    for (int32_t i = 0; i < draft->n; i++)
        draft->contrast |= draft->traces[i].show == DY_STRONG;
    draft->sight = dy_plot_sight(draft);
    draft->smoothing = dy_plot_smoothing(draft, draft->sight);
    cr_assert(dy_layout_take(draft));
    dy_plot_read(draft);
    cr_assert_not(draft->failed);
    for (int32_t p = 0; p < n; p++) {
        draft->panes[p].y = dy_fit_scale(draft, p);
        draft->panes[p].x = dy_fit_across(draft, p);
    }
    draft->view = was;
}

const dy_item *find_text(const dy_item *items, int64_t n, const char *beginning)
{
    for (int64_t i = 0; i < n; i++)
        if (items[i].kind == DY_ITEM_TEXT &&
            strncmp(items[i].text, beginning, strlen(beginning)) == 0)
            return &items[i];
    return NULL;
}

int count_kind(const dy_item *items, int64_t n, dy_item_kind kind)
{
    int count = 0;
    for (int64_t i = 0; i < n; i++) count += items[i].kind == kind;
    return count;
}

char *text_of(void (*print)(FILE *out, const dy_board *board), const dy_board *board)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    cr_assert_not_null(out);
    print(out, board);
    fclose(out);
    return text;
}
