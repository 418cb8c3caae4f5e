/* braille.c - curves in characters, as exact strings.   SPDX-License-Identifier: MIT */
#include "view/braille.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static dy_arena arena;

static void set_up(void)
{
    arena = dy_arena_make(0);
}

static void tear_down(void)
{
    dy_arena_close(&arena);
}

TestSuite(braille, .init = set_up, .fini = tear_down);

static dy_braille grid_of(int columns, int rows)
{
    dy_braille grid;
    dy_error err;
    cr_assert(dy_braille_make(&grid, &arena, columns, rows, &err), "%s", err.text);
    return grid;
}

/* All rows, each with a bar behind it. */
static const char *text_of_grid(const dy_braille *grid, bool utf8)
{
    static char text[1000];
    text[0] = '\0';
    for (int row = 0; row < grid->rows; row++) {
        for (int column = 0; column < grid->columns; column++) {
            char cell[4];
            strcat(text, dy_braille_cell(grid, column, row, utf8, cell));
        }
        strcat(text, "|");
    }
    return text;
}

static dy_tape *tape_of(const double *lr, int64_t n)
{
    dy_error err;
    void *memory = dy_arena_take(&arena, 1, dy_tape_size(n), &err);
    cr_assert(memory, "%s", err.text);
    dy_tape *tape = dy_tape_init(memory, n);
    for (int64_t i = 0; i < n; i++) dy_tape_push(tape, (dy_sample){ lr[i], NAN, NAN });
    return tape;
}

Test(braille, each_dot_has_its_bit)
{
    static const struct {
        int x, y;
        const char *utf8, *plain;
    } CASES[] = {
        { 0, 0, "⠁", "'" }, { 0, 1, "⠂", "-" }, { 0, 2, "⠄", "-" }, { 0, 3, "⡀", "." },
        { 1, 0, "⠈", "'" }, { 1, 1, "⠐", "-" }, { 1, 2, "⠠", "-" }, { 1, 3, "⢀", "." },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dy_braille grid = grid_of(1, 1);
        char cell[4];
        dy_braille_dot(&grid, CASES[i].x, CASES[i].y, 0);
        cr_expect_str_eq(dy_braille_cell(&grid, 0, 0, true, cell), CASES[i].utf8);
        cr_expect_str_eq(dy_braille_cell(&grid, 0, 0, false, cell), CASES[i].plain);
    }
}

Test(braille, full_and_empty_cells)
{
    dy_braille grid = grid_of(2, 1);
    for (int y = 0; y < 4; y++) dy_braille_line(&grid, 0, y, 1, y, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⣿ |", "an empty cell is a blank");
    cr_expect_str_eq(text_of_grid(&grid, false), ": |");
}

Test(braille, dots_outside_are_passed_over)
{
    dy_braille grid = grid_of(2, 2);
    dy_braille_line(&grid, -5, -5, -1, 20, 0);
    dy_braille_dot(&grid, 4, 0, 0);
    dy_braille_dot(&grid, 0, 8, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "  |  |");
    dy_braille_line(&grid, -100, 0, 100, 0, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⠉⠉|  |");
}

Test(braille, lines)
{
    dy_braille grid = grid_of(4, 2);
    dy_braille_line(&grid, 0, 0, 7, 7, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⠑⢄  |  ⠑⢄|");
    dy_braille_line(&grid, 7, 0, 0, 7, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⠑⢄⡠⠊|⡠⠊⠑⢄|");
}

Test(braille, the_last_ink_of_a_cell_is_kept)
{
    dy_braille grid = grid_of(2, 1);
    dy_braille_line(&grid, 0, 0, 3, 0, 1);
    dy_braille_dot(&grid, 0, 3, 2);
    cr_expect_eq(grid.ink[0], 2);
    cr_expect_eq(grid.ink[1], 1);
}

static const dy_scale UP = { .lo = 0, .hi = 1, .from_px = 7, .to_px = 0 };

Test(braille, few_steps_are_joined)
{
    static const double LR[] = { 0, 1, 1, 0 };
    dy_braille grid = grid_of(8, 2);
    dy_braille_curve(&grid, tape_of(LR, 4), DY_LR, 4, &UP, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), " ⢀⠎⠉⠉⠱⡀ |⡰⠁    ⠈⢆|", "%s",
                     text_of_grid(&grid, true));
}

Test(braille, a_gap_stays_one)
{
    static const double LR[] = { 1, 1, NAN, 1, NAN };
    dy_braille grid = grid_of(5, 2);
    dy_braille_curve(&grid, tape_of(LR, 5), DY_LR, 5, &UP, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⠉⠁ ⠈ |     |", "%s",
                     text_of_grid(&grid, true));
}

Test(braille, one_step_is_a_level_line)
{
    static const double LR[] = { 0 };
    dy_braille grid = grid_of(3, 1);
    dy_scale y = { .lo = 0, .hi = 1, .from_px = 3 };
    dy_braille_curve(&grid, tape_of(LR, 1), DY_LR, 1, &y, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⣀⣀⣀|");
}

Test(braille, many_steps_fold)
{
    double lr[1000];
    for (int i = 0; i < 1000; i++) lr[i] = i < 500 ? 1 : 0;
    lr[750] = 1; /* one step of a thousand is still seen */
    dy_braille grid = grid_of(4, 1);
    dy_scale y = { .lo = 0, .hi = 1, .from_px = 3 };
    dy_braille_curve(&grid, tape_of(lr, 1000), DY_LR, 1000, &y, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⠉⠉⣇⣇|", "%s", text_of_grid(&grid, true));
}

Test(braille, a_tape_without_values_leaves_nothing)
{
    double lr[100];
    for (int i = 0; i < 100; i++) lr[i] = i;
    dy_braille grid = grid_of(4, 1);
    dy_tape *tape = tape_of(lr, 100);
    dy_braille_curve(&grid, tape, DY_MOMENTUM, 100, &UP, 0);
    dy_braille_curve(&grid, tape, DY_MOMENTUM, 3, &UP, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "    |");
}

Test(braille, a_short_tape_ends_early)
{
    static const double LR[] = { 1, 1, 1, 1, 1 };
    dy_braille grid = grid_of(4, 1);
    dy_scale y = { .lo = 0, .hi = 1, .from_px = 3 };
    dy_braille_curve(&grid, tape_of(LR, 5), DY_LR, 16, &y, 0);
    cr_expect_str_eq(text_of_grid(&grid, true), "⠉⠁  |", "%s", text_of_grid(&grid, true));
}

Test(braille, memory_may_be_short)
{
    for (int64_t nth = 1;; nth++) {
        dy_braille grid;
        dy_error err = { "" };
        dy_arena_fail_at(nth, false);
        bool ok = dy_braille_make(&grid, &arena, 10, 10, &err);
        dy_arena_fail_at(0, false);
        if (ok) break;
        cr_expect(err.text[0]);
        cr_assert_lt(nth, 10);
    }
}
