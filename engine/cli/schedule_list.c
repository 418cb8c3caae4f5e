/* schedule_list.c - see schedule_list.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_list.h"

#include "base/text.h"
#include "cli/schedule_examples.h"
#include "cli/schedule_show.h"
#include "view/braille.h"

#include <math.h>
#include <string.h>

enum {
    RECIPES_MAX = 256,
    THUMB = 16,
    STEPS = 300,
    EPOCH = 10,
    LIST_NAMES = 42,
    PARAM_NAMES = 28,
};

enum { PART = STEPS / 3, FALLING = PART * 4 / 5 };

/* Something to lower lr for: the loss falls, and at three moments stops for longer than patience lasts. */
static dy_metric typical_metric(double value[STEPS], bool absent[STEPS])
{
    for (int t = 0; t < STEPS; t++) {
        int part = t / PART;
        int in = t % PART;
        int progress = part * FALLING + (in < FALLING ? in : FALLING);
        value[t] = exp(-(double)progress / FALLING);
        absent[t] = false;
    }
    return (dy_metric){ value, absent, STEPS };
}

static bool follow(dy_courses *courses, const dy_schedule_options *options,
                   const char *const *text, int n, dy_error *err)
{
    double value[STEPS];
    bool absent[STEPS];
    dy_schedule_job job = { .text = text,
                            .n = n,
                            .span = { STEPS, EPOCH },
                            .metric = typical_metric(value, absent),
                            .momentum = NAN,
                            .quiet = true,
                            .bounds = options->bounds };
    return dy_courses_open(courses, &job, err);
}

static int complain(const dy_error *err)
{
    fprintf(stderr, "derny schedule: %s\n", err->text);
    return DY_EXIT_FAILED;
}

static bool print_thumb(FILE *out, const dy_course *course, bool utf8, dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_braille grid;
    dy_range range = dy_tape_range(course->run.tape, DY_LR, 0, INT64_MAX);
    bool ok = dy_braille_make(&grid, &arena, THUMB, 1, err);
    if (ok && course->done && range.hi > 0) {
        bool level = range.lo == range.hi;
        dy_scale y = { .hi = level ? 2 * range.hi : range.hi, .from_px = DY_BRAILLE_H - 1 };
        dy_braille_curve(&grid, course->run.tape, DY_LR, STEPS, &y, 0);
    }
    for (int column = 0; column < THUMB && ok; column++) {
        char cell[4];
        fputs(dy_braille_cell(&grid, column, 0, utf8, cell), out);
    }
    dy_arena_close(&arena);
    return ok;
}

/* Before the first of a group. */
static void print_heading(const dy_recipe *recipe, const char **last)
{
    const char *heading = dy_recipe_heading(recipe);
    if (*last && strcmp(heading, *last) == 0) return;
    printf("%s%s\n", *last ? "\n" : "", heading);
    *last = heading;
}

static bool print_list(const dy_courses *courses, dy_error *err)
{
    dy_chart_look look = dy_chart_look_at(stdout);
    const dy_recipe *recipe = dy_recipe_next(NULL);
    const char *heading = NULL;
    for (int i = 0; i < courses->n; i++, recipe = dy_recipe_next(recipe)) {
        bool fits = strlen(recipe->name) < LIST_NAMES - 2;
        print_heading(recipe, &heading);
        if (!fits) printf("  %s\n", recipe->name);
        printf("  %-*s", LIST_NAMES - 2, fits ? recipe->name : "");
        fputs(dy_chart_ink(look, 0), stdout);
        if (!print_thumb(stdout, &courses->course[i], look.utf8, err)) return false;
        printf("%s  %s\n", dy_chart_plain(look), recipe->summary);
    }
    puts("\nderny schedule --help NAME says more of one.");
    return true;
}

int dy_schedule_list(const dy_schedule_options *options)
{
    dy_error err;
    dy_courses courses;
    char example[RECIPES_MAX][DY_EXAMPLE_MAX];
    const char *text[RECIPES_MAX];
    int n = 0;
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r), n++) {
        DY_ASSERT(n < RECIPES_MAX);
        dy_schedule_example(r, example[n], sizeof example[n]);
        text[n] = example[n];
    }
    if (!follow(&courses, options, text, n, &err)) return complain(&err);
    int code = print_list(&courses, &err) ? courses.code : complain(&err);
    dy_courses_close(&courses);
    return code;
}

static const char *kind_of(const dy_param *p)
{
    static const char *const KINDS[] = {
        [DY_ARG_REAL] = "number",
        [DY_ARG_COUNT] = "whole number",
        [DY_ARG_BOOL] = "true or false",
        [DY_ARG_TIME] = "time",
        [DY_ARG_CHOICE] = "",
        [DY_ARG_REALS] = "list of numbers",
        [DY_ARG_TIMES] = "list of times",
        [DY_ARG_KEYS] = "list of keyframes",
        [DY_ARG_SCHEDULE] = "schedule",
        [DY_ARG_SCHEDULES] = "list of schedules",
        [DY_ARG_FUNCTION] = "function",
        [DY_ARG_OPTIONS] = "table of them",
        [DY_ARG_OPTIMIZER] = "{ lr, momentum or betas }",
        [DY_ARG_TEXT] = "name",
        [DY_ARG_TEXTS] = "list of names",
        [DY_ARG_PAIRS] = "list of pairs",
        [DY_ARG_MAP] = "numbers by number",
        [DY_ARG_NAMED] = "schedules by name",
    };
    return p->alone ? "number, or list of numbers" : KINDS[p->kind];
}

static void write_time(char *to, size_t size, const dy_param *p)
{
    char number[32];
    double amount = p->preset_unit == DY_FRACTION ? 100 * p->preset : p->preset;
    dy_format_real(number, sizeof number, amount);
    const char *unit = p->preset_unit == DY_FRACTION ? "%"
                       : p->preset_unit == DY_STEPS  ? ""
                       : amount == 1                 ? " epoch"
                                                     : " epochs";
    snprintf(to, size, "%s%s", number, unit);
}

/* A preset below 0 of a count stands for there being none; one of 0 of a number often stands for there being none, which its meaning then says. */
static void write_preset(char *to, size_t size, const dy_param *p)
{
    char value[64] = "";
    if (p->kind == DY_ARG_BOOL)
        snprintf(value, sizeof value, "%s", p->preset != 0 ? "true" : "false");
    if (p->kind == DY_ARG_CHOICE)
        snprintf(value, sizeof value, "\"%s\"", p->choices[(int)p->preset]);
    if ((p->kind == DY_ARG_COUNT && p->preset >= 0) ||
        (p->kind == DY_ARG_REAL && p->preset != 0))
        dy_format_real(value, sizeof value, p->preset);
    if (p->kind == DY_ARG_TIME && p->preset != 0) write_time(value, sizeof value, p);
    if (p->required)
        snprintf(to, size, "; needed");
    else if (value[0])
        snprintf(to, size, "; default %s", value);
    else
        to[0] = '\0';
}

static void print_param(const dy_param *p, int columns)
{
    char text[500], preset[100];
    int used = snprintf(text, sizeof text, "%s (%s", p->meaning, kind_of(p));
    for (int i = 0; p->kind == DY_ARG_CHOICE && p->choices[i]; i++)
        used += snprintf(text + used, sizeof text - (size_t)used, "%s\"%s\"",
                         i == 0              ? ""
                         : p->choices[i + 1] ? ", "
                                             : " or ",
                         p->choices[i]);
    write_preset(preset, sizeof preset, p);
    snprintf(text + used, sizeof text - (size_t)used, "%s%s)",
             p->callable ? "; or a function" : "", preset);
    char name[64];
    snprintf(name, sizeof name, "  %s", p->name);
    dy_show_line(stdout, name, PARAM_NAMES, text, columns);
}

static int unknown(const char *name)
{
    const char *names[RECIPES_MAX];
    int n = 0;
    for (const dy_recipe *r = dy_recipe_next(NULL); r && n < RECIPES_MAX; r = dy_recipe_next(r))
        names[n++] = r->name;
    const char *nearest = dy_nearest(name, names, n);
    fputs("derny schedule: no schedule '", stderr);
    dy_print_safe(stderr, name, strlen(name));
    if (nearest)
        fprintf(stderr, "' (did you mean '%s'?)\n", nearest);
    else
        fputs("'; see derny schedule --list\n", stderr);
    return DY_EXIT_USAGE;
}

int dy_schedule_explain(const dy_schedule_options *options)
{
    const char *name = options->operand[0];
    if (strncmp(name, "derny.", 6) == 0) name += 6;
    const dy_recipe *recipe = dy_recipe_find(name);
    if (!recipe) return unknown(name);
    dy_chart_look look = dy_chart_look_at(stdout);
    printf("derny.%s - %s\n\n", recipe->name, recipe->summary);
    for (const dy_param *p = recipe->params; p->name; p++) print_param(p, look.columns);
    putchar('\n');
    char example[DY_EXAMPLE_MAX];
    const char *text = example;
    dy_error err;
    dy_courses courses;
    dy_schedule_example(recipe, example, sizeof example);
    fflush(stdout);
    if (!follow(&courses, options, &text, 1, &err)) return complain(&err);
    int code = courses.code;
    if (code == DY_EXIT_DONE && !dy_courses_show(stdout, &courses, look, &err))
        code = complain(&err);
    if (strstr(courses.course[0].about, "feedback\t"))
        puts("\nDrawn for a loss that stops falling three times.");
    dy_courses_close(&courses);
    return code;
}
