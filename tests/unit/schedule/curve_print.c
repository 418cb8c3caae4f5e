/* curve_print.c - curves as one line.   SPDX-License-Identifier: MIT */
#include "schedule/curve.h"
#include "spec_text.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *printed(const dy_curve *curve)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    dy_curve_print(curve, out);
    fclose(out);
    return text;
}

static const struct {
    const char *spec, *line;
} CASES[] = {
    { "curve keys=0:0.004,300:0.1:cosine,999:4e-07:cosine",
      "keys 0:0.004, 300:0.1 cosine, 999:4e-07 cosine" },
    { "curve keys=0:1,10:2,20:0.5:poly:2", "keys 0:1, 10:2, 20:0.5 poly 2" },
    { "exponential lr=0.1 gamma=0.96 per=100 staircase=true",
      "decay 0.1 0.96 100 staircase | within 0 999" },
    { "cyclical base_lr=0 max_lr=0.5 step_up=20 mode=triangular2",
      "keys 0:0, 20:1, 40:0 | repeat 40 1 0.5 | scale 0.5 0 | within 0 999" },
    { "warm_up length=10 schedule=(constant lr=1)", "keys 0:0, 10:1 | keys 0:1 | join 10" },
};

Test(curve_print, lines)
{
    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dy_error err;
        dy_plan plan;
        cr_assert(plan_of_text(&plan, &arena, CASES[i].spec, 1000, 100, &err), "%s", err.text);
        char *text = printed(&plan.lr);
        cr_expect(strcmp(text, CASES[i].line) == 0, "'%s'; want '%s'", text, CASES[i].line);
        free(text);
    }
    dy_arena_close(&arena);
}

Test(curve_print, samples_read_back)
{
    dy_error err;
    dy_curve curve;
    dy_arena arena = dy_arena_make(0);
    double values[200], again[200];
    for (int i = 0; i < 200; i++) values[i] = sin(i) / 3;
    cr_assert(dy_curve_samples(&curve, &arena, values, 200, &err));
    char *text = printed(&curve), *at = text + strlen("samples");
    cr_assert(strncmp(text, "samples 0, 0.2804903282692988, ", 31) == 0, "%s", text);
    for (int i = 0; i < 200; i++) again[i] = strtod(at + (i > 0), &at);
    cr_expect(*at == '\0');
    cr_expect(memcmp(values, again, sizeof values) == 0);
    free(text);
    dy_arena_close(&arena);
}

Test(curve_print, stops_where_there_is_no_room)
{
    dy_error err;
    dy_curve curve;
    char small[100];
    dy_arena arena = dy_arena_make(0);
    double *values = dy_arena_take(&arena, 20000000, sizeof *values, &err);
    cr_assert(values, "%s", err.text);
    for (int i = 0; i < 20000000; i++) values[i] = i % 7 / 3.0;
    cr_assert(dy_curve_samples(&curve, &arena, values, 20000000, &err));
    FILE *out = fmemopen(small, sizeof small, "w");
    dy_curve_print(&curve, out); /* without the end it would take minutes */
    cr_expect(ferror(out));
    fclose(out);
    cr_expect(strncmp(small, "samples 0, 0.3333333333333333, ", 31) == 0);
    dy_arena_close(&arena);
}

Test(curve_print, briefly_the_first_few)
{
    dy_error err;
    dy_curve few, many;
    char line[200] = "";
    double values[8] = { 0, 1, 0, 1, 0, 1, 0, 1 };
    dy_arena arena = dy_arena_make(0);
    cr_assert(dy_curve_samples(&few, &arena, values, 6, &err));
    cr_assert(dy_curve_samples(&many, &arena, values, 8, &err));
    FILE *out = fmemopen(line, sizeof line, "w");
    dy_curve_print_brief(&few, out);
    fputc('\n', out);
    dy_curve_print_brief(&many, out);
    fclose(out);
    cr_expect(strcmp(line, "samples 0, 1, 0, 1, 0, 1\n"
                           "samples 0, 1, 0, 1, 0, 1, ... (8 in all)") == 0,
              "%s", line);
    dy_arena_close(&arena);
}
