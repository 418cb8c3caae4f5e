/* board.c - runs as added, as shared, as refused.   SPDX-License-Identifier: MIT */
#include "record/board.h"

#include "boards.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t small = 1 << 20;

Test(board, status_has_names)
{
    cr_assert_str_eq(dy_status_name(DY_RUNNING), "running");
    cr_assert_str_eq(dy_status_name(DY_DONE), "done");
    cr_assert_str_eq(dy_status_name(DY_DIVERGED), "diverged");
    cr_assert_str_eq(dy_status_name(DY_STOPPED), "stopped");
    cr_assert_str_eq(dy_status_name(DY_FAILED), "failed");
    cr_assert_str_eq(dy_status_name((dy_status)5), "unknown");
    cr_assert_str_eq(dy_status_name((dy_status)-1), "unknown");
}

Test(board, shows_a_run_as_it_was_added)
{
    dy_board *board = open_board(small);
    cr_assert_eq(dy_board_len(board), 0);
    dy_run_view run = add(board, "one cycle", 100, 4);
    cr_assert_eq(dy_board_len(board), 1);
    cr_assert_eq(run.index, 0);
    cr_assert_str_eq(run.card->name, "one cycle");
    cr_assert_eq(run.card->steps, 100);
    cr_assert_eq(atomic_load(&run.outcome->status), DY_RUNNING);
    cr_assert_eq(dy_tape_room(run.tape), 100);
    cr_assert_eq(dy_tape_len(run.tape), 0);
    dy_tape_push(run.tape, (dy_sample){ 0.1, 0.9, 2.5F });

    dy_run_view again;
    cr_assert(dy_board_run(board, 0, &again));
    cr_assert_eq(dy_tape_at(again.tape, DY_LOSS, 0), 2.5);
    cr_assert_eq(again.outcome, run.outcome);
    cr_assert_not(dy_board_run(board, 1, &again));
    cr_assert_not(dy_board_run(board, -1, &again));
    dy_board_close(board);
}

Test(board, names_are_told_apart)
{
    static const struct {
        const char *given, *shown;
    } cases[] = {
        { "a", "a" },
        { "a", "a (2)" },
        { "a", "a (3)" },
        { "b", "b" },
        { "a (2)", "a (2) (2)" },
        { "a (9)", "a (9)" },
        { "a", "a (10)" },
        { "", "" },
        { "", " (2)" },
        { "(2)", "(2)" },
        /* 63 bytes leave no room for a number: the base is cut, and not within a character */
        { "012345678901234567890123456789012345678901234567890123456789012",
          "012345678901234567890123456789012345678901234567890123456789012" },
        { "012345678901234567890123456789012345678901234567890123456789012",
          "01234567890123456789012345678901234567890123456789012345678 (2)" },
        { "012345678901234567890123456789012345678901234567890123456789012",
          "01234567890123456789012345678901234567890123456789012345678 (3)" },
        { "0123456789012345678901234567890123456789012345678901234567\xc3\xa4xyz",
          "0123456789012345678901234567890123456789012345678901234567\xc3\xa4xyz" },
        { "0123456789012345678901234567890123456789012345678901234567\xc3\xa4xyz",
          "0123456789012345678901234567890123456789012345678901234567 (2)" },
    };

    dy_board *board = open_board(small);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_assert_str_eq(add(board, cases[i].given, 1, 0).card->name, cases[i].shown);
    dy_board_close(board);
}

Test(board, marks_are_kept_until_there_is_no_room)
{
    dy_board *board = open_board(small);
    dy_run_view run = add(board, "a", 10, 2);
    dy_mark mark = { .step = 5, .kind = DY_MARK_NOTE };
    memset(mark.text, 'x', sizeof mark.text); /* no NUL */
    for (int i = 0; i < 4; i++) {
        mark.step = i;
        dy_board_mark(board, run.index, &mark);
    }
    cr_assert_eq(dy_board_marks(board, 0), 2);
    cr_assert_eq(run.marks[0].step, 0);
    cr_assert_eq(run.marks[1].step, 1);
    cr_assert_eq(strlen(run.marks[1].text), sizeof mark.text - 1);
    cr_assert_eq(dy_board_marks(board, 7), 0);
    dy_board_close(board);
}

Test(board, a_run_without_updates_or_marks_is_a_run)
{
    dy_board *board = open_board(1);
    dy_run_view run = add(board, "nothing", 0, 0);
    dy_board_mark(board, 0, &(dy_mark){ .step = 1 });
    cr_assert_eq(dy_board_marks(board, 0), 0);
    cr_assert_eq(dy_tape_len(run.tape), 0);
    cr_assert(dy_board_run(board, 0, &run));
    dy_board_close(board);
}

Test(board, says_when_it_is_full)
{
    dy_board *board = open_board(small);
    add(board, "first", 1000, 10);
    dy_card card = { .name = "second", .steps = 1000000 };
    dy_run_view run;
    dy_error err;
    cr_assert_not(dy_board_add(board, &card, 0, &run, &err));
    cr_assert(strstr(err.text, "second: no room to record 1,000,000 updates"), "%s", err.text);
    const char *about = strstr(err.text, "about ");
    cr_assert(about);
    int thousands = 0, units = 0;
    cr_assert_eq(sscanf(about, "about %d,%d", &thousands, &units), 2, "%s", err.text);
    card.steps = 1000 * thousands + units;
    cr_assert_gt(card.steps, 38000);
    cr_assert(dy_board_add(board, &card, 0, &run, &err), "%s", err.text);
    cr_assert_eq(dy_board_len(board), 2);

    static const int64_t huge[] = { INT64_MAX, INT64_MAX / 2, INT64_C(1) << 57 };
    for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
        card.steps = huge[i];
        cr_assert_not(dy_board_add(board, &card, 0, &run, &err));
        card.steps = 0;
        cr_assert_not(dy_board_add(board, &card, huge[i], &run, &err));
    }
    cr_assert_eq(dy_board_len(board), 2);
    dy_board_close(board);
}

Test(board, fills_up_with_runs_without_harm)
{
    dy_board *board = open_board(64 << 10);
    dy_card card = { .name = "many", .steps = 100 };
    dy_run_view run;
    dy_error err;
    int32_t n = 0;
    while (dy_board_add(board, &card, 1, &run, &err)) {
        for (int i = 0; i < 100; i++) dy_tape_push(run.tape, (dy_sample){ n, 0, 0 });
        dy_board_mark(board, run.index, &(dy_mark){ .step = n });
        n++;
    }
    cr_assert_gt(n, 10);
    cr_assert_eq(dy_board_len(board), n);
    for (int32_t i = 0; i < n; i++) {
        cr_assert(dy_board_run(board, i, &run));
        dy_range lr = dy_tape_range(run.tape, DY_LR, 0, 100);
        cr_assert(lr.lo == i && lr.hi == i && run.marks[0].step == i);
    }
    dy_board_close(board);
}

Test(board, reserves_without_taking)
{
    dy_board *board = open_board((size_t)32 << 30);
    dy_run_view run = add(board, "long", INT64_C(1000000000), 1000);
    dy_tape_push(run.tape, (dy_sample){ 1, 2, 3 });
    cr_assert_eq(dy_tape_len(run.tape), 1);
    dy_board_close(board);
}

Test(board, says_when_address_space_is_short)
{
    dy_board *board;
    dy_error err;
    static const size_t sizes[] = { SIZE_MAX, SIZE_MAX / 4, SIZE_MAX / 8 };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        cr_assert_not(dy_board_open(&board, sizes[i], &err));
        cr_assert(strstr(err.text, "cannot reserve"), "%s", err.text);
    }
    struct rlimit before, little;
    getrlimit(RLIMIT_AS, &before);
    little = before;
    little.rlim_cur = (rlim_t)4 << 30;
    setrlimit(RLIMIT_AS, &little);
    bool opened = dy_board_open(&board, (size_t)32 << 30, &err);
    setrlimit(RLIMIT_AS, &before);
    cr_assert_not(opened);
    cr_assert(strstr(err.text, "32 GB") && strstr(err.text, "ulimit -v"), "%s", err.text);
}

Test(board, is_shared_with_a_child)
{
    dy_board *board = open_board(small);
    pid_t pid = fork();
    if (pid == 0) {
        dy_run_view run = add(board, "from the child", 100, 3);
        for (int i = 0; i < 70; i++) dy_tape_push(run.tape, (dy_sample){ i, 0.5, 1 });
        dy_board_mark(board, run.index, &(dy_mark){ .step = 70, .accuracy = 0.75 });
        atomic_store(&run.outcome->status, DY_DONE);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    dy_run_view run;
    cr_assert_eq(dy_board_len(board), 1);
    cr_assert(dy_board_run(board, 0, &run));
    cr_assert_str_eq(run.card->name, "from the child");
    cr_assert_eq(dy_tape_len(run.tape), 70);
    cr_assert_eq(dy_tape_range(run.tape, DY_LR, 0, 70).hi, 69);
    cr_assert_eq(dy_board_marks(board, 0), 1);
    cr_assert_eq(run.marks[0].accuracy, 0.75);
    cr_assert_eq(atomic_load(&run.outcome->status), DY_DONE);
    dy_board_close(board);
}
