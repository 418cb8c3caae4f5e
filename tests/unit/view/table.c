/* table.c - the closing table.   SPDX-License-Identifier: MIT */
#include "view/table.h"

#include "sample.h"
#include "view/width.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void plain(FILE *out, const dy_board *board)
{
    dy_table_print(out, board, (dy_table_look){ .times = true });
}

static void narrow(FILE *out, const dy_board *board)
{
    dy_table_print(out, board, (dy_table_look){ .times = true, .columns = 70 });
}

static void coloured(FILE *out, const dy_board *board)
{
    dy_table_print(out, board, (dy_table_look){ .colour = true, .times = true });
}

Test(table, rows)
{
    dy_board *board = sample_board();
    sample_done(sample_run(board, "constant", 2000, 2000), 0.9744);
    sample_done(sample_run(board, "学习 one cycle", 100, 100), 0.9776);
    sample_diverged(sample_run(board, "too fast", 100, 41));
    char *text = text_of(plain, board);
    cr_expect_str_eq(
        text,
        "run             status               updates  time  updates/s  train loss  test loss"
        "  test accuracy\n"
        "constant        done                   2,000   2 s      1,000      0.2000     0.2500"
        "        97.44 %\n"
        "学习 one cycle  done                     100   2 s         50      0.2000     0.2500"
        "        97.76 %\n"
        "too fast        diverged at step 41       42   2 s         21           -          -"
        "              -\n",
        "got\n%s", text);
    free(text);
    dy_board_close(board);
}

Test(table, what_is_only_tried_out_has_no_row)
{
    dy_board *board = sample_board();
    dy_card aside = { .name = "range test, seed 1", .steps = 10, .aside = true };
    dy_run_view run;
    dy_error err;
    sample_done(sample_run(board, "constant", 100, 100), 0.97);
    cr_assert(dy_board_add(board, &aside, 0, &run, &err), "%s", err.text);
    sample_done(run, 0.99);
    char *text = text_of(plain, board);
    cr_expect(strstr(text, "97.00 %"), "%s", text);
    cr_expect_not(strstr(text, "range test") || strstr(text, "99.00 %"), "%s", text);
    free(text);
    dy_board_close(board);
}

Test(table, columns_without_values_are_left_out)
{
    dy_board *board = sample_board();
    sample_run(board, "going on", 100, 5);
    char *text = text_of(plain, board);
    cr_expect_not(strstr(text, "accuracy"), "%s", text);
    cr_expect(strstr(text, "running"), "%s", text);
    free(text);
    dy_board_close(board);
}

Test(table, an_empty_board_prints_nothing)
{
    dy_board *board = sample_board();
    char *text = text_of(plain, board);
    cr_expect_str_eq(text, "");
    free(text);
    dy_board_close(board);
}

Test(table, only_the_best_is_bold)
{
    dy_board *board = sample_board();
    sample_done(sample_run(board, "good", 100, 100), 0.95);
    sample_done(sample_run(board, "best", 100, 100), 0.97);
    sample_diverged(sample_run(board, "bad", 100, 10));
    char *text = text_of(coloured, board);
    cr_expect(strstr(text, "\x1b[1m97.00 %\x1b[0m"), "%s", text);
    cr_expect_not(strstr(text, "\x1b[1m95.00 %"), "%s", text);
    cr_expect(strstr(text, "\x1b[31mdiverged at step 10\x1b[0m"), "%s", text);
    free(text);
    dy_board_close(board);
}

Test(table, long_names_are_shortened_to_the_terminal)
{
    dy_board *board = sample_board();
    sample_run(board, "one cycle, max_lr = 0.2, pct_start = 0.3, anneal = cos, div 25", 10, 5);
    char *text = text_of(narrow, board);
    char *line = strtok(text, "\n");
    for (; line; line = strtok(NULL, "\n")) cr_expect_leq(dy_width(line), 70, "%s", line);
    free(text);
    dy_board_close(board);
}

static void timeless(FILE *out, const dy_board *board)
{
    dy_table_print(out, board, (dy_table_look){ 0 });
}

Test(table, without_times_it_is_the_same_each_time)
{
    dy_board *board = sample_board();
    dy_run_view run = sample_run(board, "constant", 2000, 2000);
    sample_done(run, 0.9744);
    char *once = text_of(timeless, board);
    run.outcome->seconds *= 3;
    char *again = text_of(timeless, board);
    cr_expect_str_eq(once, again);
    cr_expect(!strstr(once, "time") && strstr(once, "97.44 %"), "%s", once);
    free(once);
    free(again);
    dy_board_close(board);
}

Test(table, a_name_does_not_command_the_terminal)
{
    dy_board *board = sample_board();
    sample_run(board, "broken\x1b[2J", 10, 5);
    char *text = text_of(plain, board);
    cr_expect(strstr(text, "\nbroken\uFFFD[2J "), "%s", text);
    free(text);
    dy_board_close(board);
}
