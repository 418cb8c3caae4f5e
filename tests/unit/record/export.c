/* export.c - CSV and JSON of a board.   SPDX-License-Identifier: MIT */
#include "record/export.h"

#include "base/arena.h"

#include <jansson.h>

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/derny-export-XXXXXX";
static dy_board *board;

static void setup(void)
{
    dy_error err;
    close(mkstemp(path));
    cr_assert(dy_board_open(&board, (size_t)64 << 20, &err), "%s", err.text);
}

static void teardown(void)
{
    dy_board_close(board);
    unlink(path);
}

TestSuite(export, .init = setup, .fini = teardown);

static dy_run_view add(const char *name, const dy_sample *samples, int64_t n)
{
    dy_card card = { .steps = n, .epoch_steps = 2, .batch = 8, .seed = UINT64_MAX };
    dy_run_view run;
    dy_error err;
    snprintf(card.name, sizeof card.name, "%s", name);
    cr_assert(dy_board_add(board, &card, 4, &run, &err), "%s", err.text);
    for (int64_t i = 0; i < n; i++) dy_tape_push(run.tape, samples[i]);
    run.outcome->updates = n;
    run.outcome->status = DY_DONE;
    run.outcome->test_accuracy = (double)NAN;
    return run;
}

static char *content(void)
{
    FILE *in = fopen(path, "r");
    char *text = calloc(1, 1 << 16);
    cr_assert(in && text);
    cr_assert_lt(fread(text, 1, (1 << 16) - 1, in), (1 << 16) - 1);
    fclose(in);
    return text;
}

static void expect_csv(const char *wanted)
{
    dy_error err;
    cr_assert(dy_export_csv(board, path, &err), "%s", err.text);
    char *text = content();
    cr_expect_str_eq(text, wanted, "got:\n%s", text);
    free(text);
}

Test(export, csv_rows)
{
    const dy_sample samples[] = {
        { 0.1, 0.9, 2.5F },
        { 0.1, 0.9, 0.1F },
        { 1e-7, 0.9, INFINITY },
        { 0, 0.5, -NAN },
    };
    add("one cycle", samples, 4);
    expect_csv("run,step,epoch,lr,momentum,loss\n"
               "one cycle,0,0,0.10000000000000001,0.90000000000000002,2.5\n"
               "one cycle,1,0,0.10000000000000001,0.90000000000000002,0.100000001\n"
               "one cycle,2,1,9.9999999999999995e-08,0.90000000000000002,inf\n"
               "one cycle,3,1,0,0.5,nan\n");
}

Test(export, csv_of_an_empty_board_is_its_header)
{
    expect_csv("run,step,epoch,lr,momentum,loss\n");
}

Test(export, csv_names_are_quoted_when_they_must_be)
{
    const dy_sample one = { 0.5, 0, 1 };
    add("max 0.2, short", &one, 1);
    add("the \"best\"", &one, 1);
    add("plain × name", &one, 1);
    expect_csv("run,step,epoch,lr,momentum,loss\n"
               "\"max 0.2, short\",0,0,0.5,0,1\n"
               "\"the \"\"best\"\"\",0,0,0.5,0,1\n"
               "plain × name,0,0,0.5,0,1\n");
}

Test(export, json_says_what_the_board_says)
{
    const dy_sample samples[] = { { 0.1, 0.9, 2.5F }, { 0.05, 0.9, INFINITY } };
    dy_run_view run = add("a \"name\"\n", samples, 2);
    dy_mark score = { .step = 2, .kind = DY_MARK_SCORE, .loss = 0.5, .accuracy = (double)NAN };
    dy_mark note = { .step = 1, .kind = DY_MARK_NOTE, .text = "half way" };
    dy_board_mark(board, run.index, &score);
    dy_board_mark(board, run.index, &note);
    add("second", samples, 1);
    dy_error err;
    cr_assert(dy_export_json(board, path, &err), "%s", err.text);
    json_error_t why;
    json_t *root = json_load_file(path, 0, &why);
    cr_assert_not_null(root, "%s", why.text);
    json_t *first = json_array_get(json_object_get(root, "runs"), 0);
    cr_expect_eq(json_array_size(json_object_get(root, "runs")), 2);
    cr_expect_str_eq(json_string_value(json_object_get(first, "name")), "a \"name\"\n");
    cr_expect_str_eq(json_string_value(json_object_get(first, "seed")), "18446744073709551615");
    json_t *outcome = json_object_get(first, "outcome");
    cr_expect_str_eq(json_string_value(json_object_get(outcome, "status")), "done");
    cr_expect(json_is_null(json_object_get(outcome, "test_accuracy")));
    json_t *series = json_object_get(first, "series");
    json_t *lr = json_object_get(series, "lr");
    cr_expect_eq(json_array_size(lr), 2);
    cr_expect_eq(json_real_value(json_array_get(lr, 0)), 0.1, "the same bits");
    cr_expect(json_is_null(json_array_get(json_object_get(series, "loss"), 1)));
    json_t *marks = json_object_get(first, "marks");
    cr_expect_eq(json_array_size(marks), 2);
    cr_expect(json_is_null(json_object_get(json_array_get(marks, 0), "accuracy")));
    cr_expect_str_eq(json_string_value(json_object_get(json_array_get(marks, 1), "text")),
                     "half way");
    json_decref(root);
}

Test(export, json_takes_names_that_are_not_utf8)
{
    const dy_sample one = { 0.5, 0, 1 };
    add("caf\xe9", &one, 1);
    dy_error err;
    cr_assert(dy_export_json(board, path, &err), "%s", err.text);
    char *text = content();
    cr_expect(strstr(text, "\"name\": \"café\""), "%s", text);
    free(text);
}

Test(export, json_of_an_empty_board)
{
    dy_error err;
    cr_assert(dy_export_json(board, path, &err), "%s", err.text);
    char *text = content();
    cr_expect_str_eq(text, "{\"runs\": []}\n");
    free(text);
}

Test(export, twice_gives_the_same_bytes)
{
    const dy_sample samples[] = { { 0.1, 0.9, 2.5F }, { 0.05, 0.9, 1.5F } };
    add("run", samples, 2);
    dy_error err;
    cr_assert(dy_export_json(board, path, &err));
    char *first = content();
    cr_assert(dy_export_json(board, path, &err));
    char *second = content();
    cr_expect_str_eq(first, second);
    free(first);
    free(second);
}

Test(export, failures_name_the_file)
{
    dy_error err;
    cr_expect_not(dy_export_csv(board, "/no/such/run.csv", &err));
    cr_expect_str_eq(err.text, "cannot write /no/such/run.csv: No such file or directory");
    cr_expect_not(dy_export_json(board, "/no/such/run.json", &err));
    cr_expect(strstr(err.text, "/no/such/run.json"), "%s", err.text);
}

Test(export, a_full_disk_is_an_error)
{
    const dy_sample one = { 0.5, 0, 1 };
    add("run", &one, 1);
    dy_error err;
    cr_assert_not_null(freopen("/dev/full", "w", stdout));
    cr_expect_not(dy_export_csv(board, "-", &err));
    cr_expect(strstr(err.text, "No space left"), "%s", err.text);
}

static void expect_drawn(const dy_drawn *drawn, int n, const char *csv, const char *json)
{
    dy_error err;
    cr_assert(dy_export_drawn_csv(drawn, n, false, path, &err), "%s", err.text);
    char *text = content();
    cr_expect_str_eq(text, csv, "got:\n%s", text);
    free(text);
    cr_assert(dy_export_drawn_json(drawn, n, false, path, &err), "%s", err.text);
    text = content();
    cr_expect_str_eq(text, json, "got:\n%s", text);
    free(text);
}

Test(export, schedules_drawn_out)
{
    static const dy_sample LEVEL[] = { { 0.1, NAN, NAN }, { 0.1, NAN, NAN } };
    static const dy_sample MOVED[] = { { 0.5, 0.9, NAN }, { 1.0 / 3, NAN, NAN } };
    dy_drawn drawn[] = { { "0.1", add("a", LEVEL, 2).tape },
                         { "f(\"x\", 1)", add("b", MOVED, 2).tape } };
    expect_drawn(drawn, 1, "step,lr\n0,0.10000000000000001\n1,0.10000000000000001\n",
                 "{\"schedules\": [\n{\"expression\": \"0.1\", \"steps\": 2, \"lr\": "
                 "[0.10000000000000001, 0.10000000000000001], \"momentum\": null}\n]}\n");
    expect_drawn(
        drawn + 1, 1,
        "step,lr,momentum\n0,0.5,0.90000000000000002\n1,0.33333333333333331,nan\n",
        "{\"schedules\": [\n{\"expression\": \"f(\\\"x\\\", 1)\", \"steps\": 2, \"lr\": "
        "[0.5, 0.33333333333333331], \"momentum\": [0.90000000000000002, null]}\n]}\n");
    dy_error err;
    cr_assert(dy_export_drawn_csv(drawn, 2, false, path, &err), "%s", err.text);
    char *text = content();
    cr_expect_str_eq(text,
                     "schedule,step,lr,momentum\n"
                     "0.1,0,0.10000000000000001,nan\n0.1,1,0.10000000000000001,nan\n"
                     "\"f(\"\"x\"\", 1)\",0,0.5,0.90000000000000002\n"
                     "\"f(\"\"x\"\", 1)\",1,0.33333333333333331,nan\n",
                     "got:\n%s", text);
    free(text);
}

Test(export, the_rate_that_acts)
{
    static const dy_sample MOVED[] = { { 0.5, 0.75, NAN }, { 0.25, NAN, NAN } };
    dy_drawn drawn = { "f", add("a", MOVED, 2).tape };
    dy_error err;
    cr_assert(dy_export_drawn_csv(&drawn, 1, true, path, &err), "%s", err.text);
    char *text = content();
    cr_expect_str_eq(text, "step,lr,momentum,effective\n0,0.5,0.75,2\n1,0.25,nan,0.25\n");
    free(text);
    cr_assert(dy_export_drawn_json(&drawn, 1, true, path, &err), "%s", err.text);
    text = content();
    cr_expect_str_eq(text,
                     "{\"schedules\": [\n{\"expression\": \"f\", \"steps\": 2, \"lr\": [0.5, "
                     "0.25], \"momentum\": [0.75, null], \"effective\": [2, 0.25]}\n]}\n");
    free(text);
}

Test(export, schedules_for_want_of_memory)
{
    static const dy_sample LEVEL[] = { { 0.1, NAN, NAN } };
    dy_drawn drawn = { "0.1", add("a", LEVEL, 1).tape };
    dy_error err = { "" };
    cr_assert(dy_export_drawn_csv(&drawn, 1, false, path, &err), "%s", err.text);
    dy_arena_fail_at(1, false);
    cr_expect_not(dy_export_drawn_csv(&drawn, 1, false, path, &err));
    dy_arena_fail_at(0, false);
    cr_expect(err.text[0]);
    char *text = content();
    cr_expect_str_eq(text, "step,lr\n0,0.10000000000000001\n", "what was there before stays");
    free(text);
}
