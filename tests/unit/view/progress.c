/* progress.c - the progress line.   SPDX-License-Identifier: MIT */
#include "view/progress.h"

#include "sample.h"
#include "view/width.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static dy_board *board;
static char *text;
static size_t size;
static FILE *out;

static void setup(void)
{
    board = sample_board();
    out = open_memstream(&text, &size);
}

static void teardown(void)
{
    fclose(out);
    free(text);
    dy_board_close(board);
}

TestSuite(progress, .init = setup, .fini = teardown);

static dy_progress terminal(int columns)
{
    return (dy_progress){
        .out = out,
        .terminal = true,
        .utf8 = true,
        .columns = columns,
        .rate = dy_rate_make(),
    };
}

static int count(const char *what)
{
    int n = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) n++;
    return n;
}

static void push(dy_run_view run, int n)
{
    for (int i = 0; i < n; i++)
        dy_tape_push(run.tape, (dy_sample){ .lr = 0.05, .momentum = 0.85, .loss = 0.5 });
}

Test(progress, plain_lines_once_a_second)
{
    dy_run_view run = sample_run(board, "one cycle", 100, 0);
    dy_progress p = { .out = out, .rate = dy_rate_make() };
    for (int tenth = 0; tenth < 30; tenth++) {
        dy_progress_draw(&p, board, 1000 + tenth / 10.0);
        push(run, 1);
    }
    cr_expect_eq(count("\n"), 3, "%s", text);
    cr_expect_eq(count("\x1b") + count("\r"), 0, "no control characters");
    cr_expect(strstr(text, "one cycle   20 %  epoch 3/10  loss 0.5000  lr 0.05  m 0.85  "
                           "10 updates/s  8 s left\n"),
              "%s", text);
    dy_progress_erase(&p);
    cr_expect_eq(count("\x1b"), 0);
}

Test(progress, a_terminal_line_is_redrawn_in_place)
{
    dy_run_view run = sample_run(board, "run", 100, 50);
    dy_progress p = terminal(200);
    dy_progress_draw(&p, board, 0);
    dy_progress_draw(&p, board, 0.05);
    cr_expect_eq(count("\r\x1b[K"), 1, "not twice within a tenth of a second");
    push(run, 10);
    dy_progress_draw(&p, board, 0.2);
    cr_expect_eq(count("\r\x1b[K"), 2);
    cr_expect_eq(count("\n"), 0);
    cr_expect(strstr(text, "━━━━━━━━━━━━──"), "half of 24 cells: %s", text);
    dy_progress_erase(&p);
    dy_progress_erase(&p);
    cr_expect_eq(count("\r\x1b[K"), 3, "erased once");
    dy_progress_draw(&p, board, 0.21);
    cr_expect_eq(count("\r\x1b[K"), 4, "back at once");
}

Test(progress, fits_every_width)
{
    dy_run_view run = sample_run(board, "学习率 with a name that is longer than most", 1000, 0);
    for (int columns = 20; columns < 200; columns++) {
        dy_progress p = terminal(columns);
        push(run, 3);
        dy_progress_draw(&p, board, 0);
        push(run, 2);
        long before = ftell(out);
        dy_progress_draw(&p, board, 1);
        const char *line = text + before + strlen("\r\x1b[K");
        cr_assert_lt(dy_width(line), columns, "%d columns: %s", columns, line);
        cr_assert_gt(dy_width(line), 8, "%d columns: %s", columns, line);
    }
}

Test(progress, what_matters_most_stays_longest)
{
    dy_run_view run = sample_run(board, "run", 1000, 100);
    dy_progress p = terminal(44);
    dy_progress_draw(&p, board, 0);
    push(run, 100);
    dy_progress_draw(&p, board, 1);
    cr_expect(strstr(text, "run") && strstr(text, "loss") && strstr(text, "left"), "%s", text);
    cr_expect_not(strstr(text, " m 0"), "%s", text);
}

Test(progress, colours_only_when_asked)
{
    sample_run(board, "run", 100, 50);
    dy_progress p = terminal(100);
    p.utf8 = false;
    dy_progress_draw(&p, board, 0);
    cr_expect_eq(count("\x1b[3"), 0);
    cr_expect(strstr(text, "#######-------"), "%s", text);
    p.colour = true;
    dy_progress_draw(&p, board, 1);
    cr_expect(strstr(text, "\x1b[36m#######\x1b[0;2m-------\x1b[0m"), "%s", text);
}

Test(progress, a_race_shows_who_is_best)
{
    sample_run(board, "slow", 100, 10);
    sample_run(board, "fast", 100, 50);
    dy_progress p = terminal(120);
    dy_progress_draw(&p, board, 0);
    cr_expect(strstr(text, "2 runs, best: fast"), "%s", text);
}

Test(progress, a_pause_is_said_once)
{
    dy_run_view run = sample_run(board, "one cycle", 100, 0);
    dy_progress p = { .out = out, .rate = dy_rate_make() };
    push(run, 10);
    for (int s = 0; s < 10; s++) {
        atomic_store(&dy_board_control(board)->paused, s >= 3 && s < 8);
        dy_progress_draw(&p, board, 1000 + s);
    }
    fflush(out);
    cr_expect_eq(count("\n"), 6, "%s", text);
    cr_expect_eq(count("paused"), 1, "%s", text);
}

Test(progress, names_cannot_command_the_terminal)
{
    sample_run(board, "evil\x1b[2Jname\n", 100, 10);
    dy_progress p = { .out = out, .rate = dy_rate_make() };
    dy_progress_draw(&p, board, 0);
    cr_expect_eq(count("\x1b"), 0, "%s", text);
    cr_expect_eq(count("\n"), 1);
}

Test(progress, goes_when_nothing_runs)
{
    dy_run_view run = sample_run(board, "run", 100, 50);
    dy_progress p = terminal(100);
    dy_progress_draw(&p, board, 0);
    sample_done(run, 0.9);
    dy_progress_draw(&p, board, 1);
    cr_expect_str_eq(text + strlen(text) - 4, "\r\x1b[K");
    cr_expect_not(p.drawn);
}

Test(progress, make_looks_at_stream_and_environment)
{
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    FILE *file = tmpfile();
    dy_progress p = dy_progress_make(file);
    cr_expect(!p.terminal && !p.colour && p.utf8);
    setenv("LC_ALL", "C", 1);
    cr_expect_not(dy_progress_make(file).utf8);
    fclose(file);
}
