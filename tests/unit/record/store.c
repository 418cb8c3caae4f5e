/* store.c - runs kept, asked for, merged, forgotten; files that are no store.   SPDX-License-Identifier: MIT */
#include "record/store.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static dy_board *board;
static dy_store *store;
static dy_error err;

static const dy_origin ORIGIN = { "own.lua", "return 1", "derny test", 1e9 };

static const char *inside(const char *name)
{
    static char paths[4][128];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void setup(void)
{
    strcpy(folder, "/tmp/derny-store-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert(dy_board_open(&board, (size_t)64 << 20, &err), "%s", err.text);
    cr_assert(dy_store_open(&store, inside("made/here/a.db"), &err), "%s", err.text);
}

static void teardown(void)
{
    char command[128];
    dy_store_close(store);
    dy_board_close(board);
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_expect_eq(system(command), 0);
}

TestSuite(store, .init = setup, .fini = teardown);

/* A run of n updates on the board, over. */
static dy_run_view run_of(const char *id, const char *point, int64_t n, dy_status status)
{
    dy_card card = { .steps = n, .epoch_steps = 2, .batch = 8, .seed = UINT64_MAX };
    dy_run_view run;
    snprintf(card.name, sizeof card.name, "run %s", id);
    snprintf(card.point, sizeof card.point, "%s", point);
    cr_assert(dy_board_add(board, &card, 4, &run, &err), "%s", err.text);
    for (int64_t i = 0; i < n; i++)
        dy_tape_push(run.tape, (dy_sample){ 0.1 / (double)(i + 1), 0.9, (float)i / 3 });
    snprintf(run.outcome->id, sizeof run.outcome->id, "%s", id);
    run.outcome->updates = n;
    run.outcome->status = status;
    run.outcome->train_loss = 0.25;
    run.outcome->test_loss = (double)NAN;
    run.outcome->test_accuracy = 0.5;
    return run;
}

static void save(dy_store *to, const dy_run_view *run)
{
    cr_assert(dy_store_save(to, run->outcome->id, board, run, &ORIGIN, &err), "%s", err.text);
}

typedef struct answer {
    int rows;
    char ids[400];
} answer;

static bool take_row(void *self, const dy_cell *cells, int n)
{
    answer *a = self;
    cr_assert_gt(n, 1);
    a->rows++;
    strcat(a->ids, cells[0].text);
    strcat(a->ids, " ");
    return true;
}

static void expect_answer(dy_store *of, dy_query query, const char *ids)
{
    answer a = { 0 };
    cr_assert(dy_store_ask(of, &query, take_row, &a, &err), "%s", err.text);
    cr_expect_str_eq(a.ids, ids);
}

static void expect_says(const char *text)
{
    cr_expect(strstr(err.text, text), "\"%s\" in \"%s\"", text, err.text);
}

Test(store, a_tape_reads_back_bit_for_bit)
{
    enum { N = 150000 }; /* three pieces */

    dy_run_view run = run_of("aa01", "", N, DY_DONE);
    dy_arena arena = dy_arena_make(0);
    dy_tape *tape;
    save(store, &run);
    cr_assert(dy_store_tape(store, "aa", &tape, &arena, &err), "%s", err.text);
    cr_assert_eq(dy_tape_len(tape), N);
    for (int64_t i = 0; i < N; i++) {
        dy_sample a = dy_tape_sample(run.tape, i), b = dy_tape_sample(tape, i);
        cr_assert(a.lr == b.lr && a.momentum == b.momentum && a.loss == b.loss);
    }
    dy_arena_close(&arena);
}

Test(store, marks_read_back)
{
    dy_run_view run = run_of("aa01", "", 10, DY_DONE);
    dy_mark score = { .step = 5, .kind = DY_MARK_SCORE, .loss = 2.5, .accuracy = (double)NAN };
    dy_mark note = { .step = 7, .kind = DY_MARK_NOTE, .loss = 0, .text = "look" };
    dy_board_mark(board, run.index, &score);
    dy_board_mark(board, run.index, &note);
    save(store, &run);
    dy_arena arena = dy_arena_make(0);
    dy_mark *marks;
    int64_t n;
    cr_assert(dy_store_marks(store, "aa01", &marks, &n, &arena, &err), "%s", err.text);
    cr_assert_eq(n, 2);
    cr_expect(marks[0].step == 5 && marks[0].loss == 2.5 && isnan(marks[0].accuracy));
    cr_expect(marks[1].kind == DY_MARK_NOTE);
    cr_expect_str_eq(marks[1].text, "look");
    dy_arena_close(&arena);
}

Test(store, a_finished_run_stays_and_a_cut_one_is_replaced)
{
    dy_run_view cut = run_of("aa01", "", 5, DY_STOPPED), whole = run_of("aa01", "", 9, DY_DONE),
                again = run_of("aa01", "", 7, DY_DONE);
    bool finished;
    save(store, &cut);
    cr_assert(dy_store_finished(store, "aa01", &finished, &err) && !finished);
    save(store, &whole);
    cr_assert(dy_store_finished(store, "aa01", &finished, &err) && finished);
    save(store, &again);
    dy_arena arena = dy_arena_make(0);
    dy_tape *tape;
    cr_assert(dy_store_tape(store, "aa01", &tape, &arena, &err), "%s", err.text);
    cr_expect_eq(dy_tape_len(tape), 9);
    expect_answer(store, (dy_query){ 0 }, "aa01 ");
    dy_arena_close(&arena);
}

Test(store, questions_use_columns_and_parameters)
{
    dy_run_view a = run_of("aa", "{\"max_lr\": 0.1, \"width\": 64}", 3, DY_DONE),
                b = run_of("bb", "{\"max_lr\": 0.4, \"width\": 32}", 3, DY_DIVERGED),
                c = run_of("cc", "", 3, DY_STOPPED);
    save(store, &a);
    save(store, &b);
    save(store, &c);
    expect_answer(store, (dy_query){ .where = "max_lr > 0.2" }, "bb ");
    expect_answer(store, (dy_query){ .where = "status <> 'stopped'", .sort = "width" },
                  "bb aa ");
    expect_answer(store, (dy_query){ .sort = "max_lr", .falling = true }, "bb aa cc ");
    expect_answer(store, (dy_query){ .limit = 2 }, "aa bb ");
}

Test(store, questions_can_only_ask)
{
    static const char *const BAD[] = { "no_such > 1",
                                       "1; DROP TABLE runs",
                                       "1) --",
                                       "(SELECT count(*) FROM sqlite_schema)",
                                       "(SELECT text FROM scripts)",
                                       "load_extension('x')",
                                       "1 UNION SELECT 1",
                                       "" };
    dy_run_view a = run_of("aa", "", 3, DY_DONE);
    save(store, &a);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        answer none = { 0 };
        dy_query query = { .where = BAD[i] };
        cr_expect_not(dy_store_ask(store, &query, take_row, &none, &err), "%s", BAD[i]);
        expect_says("not a condition on runs");
    }
    expect_answer(store, (dy_query){ 0 }, "aa ");
}

Test(store, forgetting_takes_tape_and_script_along)
{
    int64_t n;
    dy_run_view a = run_of("aa", "", 3, DY_DONE), b = run_of("bb", "", 3, DY_DONE);
    save(store, &a);
    save(store, &b);
    dy_query query = { .where = "id = 'aa'" };
    cr_assert(dy_store_forget(store, &query, &n, &err), "%s", err.text);
    cr_expect_eq(n, 1);
    expect_answer(store, (dy_query){ 0 }, "bb ");
    dy_arena arena = dy_arena_make(0);
    dy_tape *tape;
    cr_expect_not(dy_store_tape(store, "aa", &tape, &arena, &err));
    expect_says("no run aa");
    cr_expect(dy_store_check(store, &err), "%s", err.text);
    dy_arena_close(&arena);
}

Test(store, merging_adds_what_is_new_and_shows_conflicts)
{
    dy_store *other;
    dy_merged merged;
    const char *path = inside("b.db");
    dy_run_view a = run_of("aa", "", 3, DY_DONE), b = run_of("bb", "", 4, DY_DONE),
                cut = run_of("cc", "", 2, DY_STOPPED), whole = run_of("cc", "", 5, DY_DONE),
                odd = run_of("aa", "", 3, DY_DONE);
    odd.outcome->train_loss = 0.75;
    save(store, &a);
    save(store, &cut);
    cr_assert(dy_store_open(&other, path, &err), "%s", err.text);
    save(other, &odd);
    save(other, &b);
    save(other, &whole);
    dy_store_close(other);
    for (int time = 0; time < 2; time++) {
        cr_assert(dy_store_merge(store, path, &merged, &err), "%s", err.text);
        cr_expect_eq(merged.added, time == 0 ? 2 : 0);
        cr_expect_eq(merged.conflicts, 1);
        cr_expect_str_eq(merged.conflict, "aa");
        cr_expect_eq(merged.known, time == 0 ? 0 : 2);
        expect_answer(store, (dy_query){ .sort = "id" }, "aa bb cc ");
        expect_answer(store, (dy_query){ .where = "updates = 5" }, "cc ");
    }
    dy_arena arena = dy_arena_make(0);
    dy_tape *tape;
    cr_assert(dy_store_tape(store, "bb", &tape, &arena, &err), "%s", err.text);
    cr_expect_eq(dy_tape_len(tape), 4);
    cr_expect(dy_store_check(store, &err), "%s", err.text);
    dy_arena_close(&arena);
}

Test(store, two_processes_keep_in_turns)
{
    dy_store *other;
    dy_run_view a = run_of("aa", "", 3, DY_DONE), b = run_of("bb", "", 3, DY_DONE);
    cr_assert(dy_store_open(&other, inside("made/here/a.db"), &err), "%s", err.text);
    save(store, &a);
    save(other, &b);
    expect_answer(store, (dy_query){ 0 }, "aa bb ");
    dy_store_close(other);
}

static void write_file(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");
    cr_assert_not_null(out);
    fputs(text, out);
    fclose(out);
}

Test(store, other_files_are_refused)
{
    dy_store *other;
    const char *path = inside("text");
    write_file(path,
               "this is a text of some length, and no database at all; it goes on and on");
    cr_expect_not(dy_store_open(&other, path, &err));
    expect_says("not a store of Derny's");
    cr_expect_not(dy_store_open(&other, folder, &err));
    expect_says("cannot");
    cr_expect_not(dy_store_view(&other, inside("absent"), &err));
    expect_says("No such file");
}

Test(store, a_newer_store_is_refused)
{
    char command[300];
    dy_store *other;
    const char *path = inside("made/here/a.db");
    dy_store_close(store);
    snprintf(command, sizeof command,
             "python3 -c \"import sqlite3; c = sqlite3.connect('%s'); c.execute('PRAGMA "
             "user_version = 99')\" 2>/dev/null",
             path);
    if (system(command)) cr_skip_test("no python3 to change the file with");
    cr_expect_not(dy_store_open(&other, path, &err));
    expect_says("from a newer Derny");
    store = NULL;
}

Test(store, a_full_disk_costs_the_run_and_no_other)
{
    dy_run_view a = run_of("aa", "", 3, DY_DONE), b = run_of("bb", "", 50000, DY_DONE);
    save(store, &a);
    cr_assert(dy_store_limit(store, 4, &err), "%s", err.text);
    cr_expect_not(dy_store_save(store, "bb", board, &b, &ORIGIN, &err));
    expect_says("the disk is full");
    expect_answer(store, (dy_query){ 0 }, "aa ");
    cr_assert(dy_store_limit(store, 0, &err), "%s", err.text);
    save(store, &b);
    expect_answer(store, (dy_query){ 0 }, "aa bb ");
}
