/* curve_print.c - curves as one line.   SPDX-License-Identifier: MIT */
#include "schedule/curve.h"
#include "spec_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *spec, *line;
} CASES[] = {
    { "curve keys=0:0.004,300:0.1:cosine,999:4e-07:cosine",
      "keys 0:0.004, 300:0.1 cosine, 999:4e-07 cosine" },
    { "curve keys=0:1,10:2,20:0.5:poly:2", "keys 0:1, 10:2, 20:0.5 poly 2" },
    { "exponential lr=0.1 gamma=0.96 per=100 staircase=true", "decay 0.1 0.96 100 staircase" },
    { "cyclical base_lr=0 max_lr=0.5 step_up=20 mode=triangular2",
      "keys 0:0, 20:1, 40:0 | repeat 40 1 0.5 | scale 0.5 0" },
    { "warm_up length=10 schedule=(constant lr=1)", "keys 0:0, 10:1 | keys 0:1 | join 10" },
};

Test(curve_print, lines)
{
    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dy_error err;
        dy_plan plan;
        char *text;
        size_t size;
        cr_assert(plan_of_text(&plan, &arena, CASES[i].spec, 1000, 100, &err), "%s", err.text);
        FILE *out = open_memstream(&text, &size);
        dy_curve_print(&plan.lr, out);
        fclose(out);
        cr_expect(strcmp(text, CASES[i].line) == 0, "'%s'; want '%s'", text, CASES[i].line);
        free(text);
    }
    dy_arena_close(&arena);
}
