/* racing.c - see racing.h.   SPDX-License-Identifier: MIT */
#include "racing.h"

#include "data/generated.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BOARD = 1 << 26 };

dy_dataset data;
dy_lab lab;

void must(bool ok, const dy_error *err)
{
    if (!ok) cr_assert_fail("%s", err->text);
}

void open_racing(void)
{
    dy_points_spec spec = dy_points_defaults();
    spec.rows = 200;
    spec.classes = 3;
    spec.inputs = 4;
    dy_error err;
    must(dy_blobs_make(&data, &spec, &err), &err);
    must(dy_board_open(&lab.board, BOARD, &err), &err);
    lab.out = open("/dev/null", O_WRONLY);
}

void close_racing(void)
{
    close(lab.out);
    dy_board_close(lab.board);
    dy_dataset_close(&data);
}

dy_spec schedule(const char *recipe, const char *name, double value, const char *name_2,
                 double value_2)
{
    dy_spec spec = { .recipe = dy_recipe_find(recipe) };
    cr_assert(spec.recipe, "%s", recipe);
    for (int i = 0; spec.recipe->params[i].name; i++) {
        const char *param = spec.recipe->params[i].name;
        if (strcmp(param, name) == 0) spec.args[i] = (dy_arg){ .given = true, .real = value };
        if (name_2 && strcmp(param, name_2) == 0)
            spec.args[i] = (dy_arg){ .given = true, .real = value_2 };
    }
    return spec;
}

dy_spec constant(double lr)
{
    return schedule("constant", "lr", lr, NULL, 0);
}

dy_spec one_cycle(void)
{
    return schedule("one_cycle", "max_lr", 0.2, NULL, 0);
}

struct setting *make_setting(struct setting *s, int lanes, const dy_spec *schedules)
{
    static const char *const NAMES[LANES_MAX] = { "a", "b", "c", "d" };
    *s = (struct setting){
        .spec = { .race = { .data = &data,
                            .model = { .n_layers = 2, .widths = { 4, 8, 3 }, .dropout = 0.2 },
                            .optim = dy_sgd_defaults(),
                            .batch = 16,
                            .seed = 3,
                            .lanes = lanes,
                            .threads = 1 },
                  .steps = 25 },
    };
    for (int i = 0; i < lanes; i++) s->entrants[i] = (dy_entrant){ NAMES[i], &schedules[i] };
    s->spec.entrants = s->entrants;
    return s;
}

dy_session *open_session(const struct setting *s)
{
    dy_session *session;
    dy_error err;
    must(dy_session_open(&session, &lab, &s->spec, &err), &err);
    return session;
}

void run_out(dy_session *session)
{
    dy_error err;
    while (dy_session_more(session)) must(dy_session_step(session, &err), &err);
}

dy_status status_of(const dy_run_view *run)
{
    return (dy_status)atomic_load(&run->outcome->status);
}

dy_run_view run_one(const struct setting *s)
{
    dy_session *session = open_session(s);
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    dy_session_close(session);
    return run;
}

void same_tape(const dy_tape *a, const dy_tape *b)
{
    cr_assert_eq(dy_tape_len(a), dy_tape_len(b));
    for (int64_t i = 0; i < dy_tape_len(a); i++) {
        dy_sample x = dy_tape_sample(a, i), y = dy_tape_sample(b, i);
        cr_assert(x.lr == y.lr && x.momentum == y.momentum && x.loss == y.loss, "update %d",
                  (int)i);
    }
}

void expect_none_running(void)
{
    for (int32_t i = 0; i < dy_board_len(lab.board); i++) {
        dy_run_view run;
        cr_assert(dy_board_run(lab.board, i, &run));
        cr_expect_neq(status_of(&run), DY_RUNNING, "run %d", i);
    }
}
