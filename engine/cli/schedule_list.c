/* schedule_list.c - see schedule_list.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_list.h"

#include "base/text.h"
#include "cli/schedule_show.h"
#include "view/braille.h"

#include <math.h>
#include <string.h>

enum {
    RECIPES_MAX = 256,
    EXAMPLE_MAX = 260,
    THUMB = 16,
    STEPS = 300,
    EPOCH = 10,
    LIST_NAMES = 34,
    PARAM_NAMES = 26,
};

#define OPTIMIZER "optimizer = { lr = 0.1, momentum = 0.9 }"

/* What is typical of schedules whose arguments depend on each other. The rest are shown with their required
 * arguments. */
static const struct {
    const char *name, *example;
} EXAMPLES[] = {
    { "curve",
      "derny.curve { {0, 0.004}, {\"30%\", 0.1, \"cosine\"}, {\"100%\", 1e-5, \"cosine\"} }" },
    { "piecewise",
      "derny.piecewise { boundaries = { \"40%\", \"70%\" }, values = { 0.1, 0.05, 0.01 } }" },
    { "geometric", "derny.geometric { lr = 0.1, final_lr = 0.001 }" },
    { "exponential", "derny.exponential { lr = 0.1, gamma = 0.9, per = \"1 epoch\" }" },
    { "step", "derny.step { lr = 0.1, gamma = 0.5, every = \"6 epochs\" }" },
    { "multi_step",
      "derny.multi_step { lr = 0.1, gamma = 0.3, milestones = { \"50%\", \"75%\" } }" },
    { "cyclical", "derny.cyclical { base_lr = 0.01, max_lr = 0.1, step_up = 50 }" },
    { "cosine_restarts", "derny.cosine_restarts { lr = 0.1, first = 43, mult = 2 }" },
    { "polynomial", "derny.polynomial { lr = 0.1, power = 2 }" },
    { "warm_up", "derny.warm_up { schedule = derny.cosine { lr = 0.1 }, length = \"20%\" }" },
    { "sequence", "derny.sequence { schedules = { derny.constant(0.1), derny.cosine { lr = 0.1 "
                  "} }, at = { \"50%\" } }" },
    { "plateau", "derny.plateau { lr = 0.1, factor = 0.3 }" },
    { "article.one_cycle_schedule", "derny.article.one_cycle_schedule { total_epochs = 300 }" },
    { "keras.ExponentialDecay", "derny.keras.ExponentialDecay { initial_learning_rate = 0.1, "
                                "decay_steps = 100, decay_rate = 0.5 }" },
    { "keras.PiecewiseConstantDecay", "derny.keras.PiecewiseConstantDecay { boundaries = { "
                                      "100, 200 }, values = { 0.1, 0.05, 0.01 } }" },
    { "keras.PolynomialDecay", "derny.keras.PolynomialDecay { initial_learning_rate = 0.1, "
                               "decay_steps = 250, power = 2 }" },
    { "keras.InverseTimeDecay", "derny.keras.InverseTimeDecay { initial_learning_rate = 0.1, "
                                "decay_steps = 30, decay_rate = 0.5 }" },
    { "keras.CosineDecay", "derny.keras.CosineDecay { initial_learning_rate = 0, decay_steps = "
                           "250, warmup_target = 0.1, warmup_steps = 50 }" },
    { "keras.CosineDecayRestarts", "derny.keras.CosineDecayRestarts { initial_learning_rate = "
                                   "0.1, first_decay_steps = 43 }" },
    { "torch.MultiStepLR",
      "derny.torch.MultiStepLR { milestones = { 150, 225 }, gamma = 0.3, " OPTIMIZER " }" },
    { "torch.StepLR", "derny.torch.StepLR { step_size = 60, gamma = 0.5, " OPTIMIZER " }" },
    { "torch.ExponentialLR", "derny.torch.ExponentialLR { gamma = 0.99, " OPTIMIZER " }" },
    { "torch.MultiplicativeLR", "derny.torch.MultiplicativeLR { lr_lambda = function(t) "
                                "return t % 2 == 0 and 0.98 or 1 end, " OPTIMIZER " }" },
    { "torch.ConstantLR", "derny.torch.ConstantLR { total_iters = 100, " OPTIMIZER " }" },
    { "torch.LinearLR", "derny.torch.LinearLR { total_iters = 100, " OPTIMIZER " }" },
    { "torch.PolynomialLR",
      "derny.torch.PolynomialLR { total_iters = 250, power = 2, " OPTIMIZER " }" },
    { "torch.CosineAnnealingLR",
      "derny.torch.CosineAnnealingLR { T_max = 200, " OPTIMIZER " }" },
    { "torch.CosineAnnealingWarmRestarts",
      "derny.torch.CosineAnnealingWarmRestarts { T_0 = 43, T_mult = 2, " OPTIMIZER " }" },
    { "torch.CyclicLR", "derny.torch.CyclicLR { base_lr = 0.01, max_lr = 0.1, step_size_up = "
                        "50, " OPTIMIZER " }" },
    { "torch.OneCycleLR",
      "derny.torch.OneCycleLR { max_lr = 0.1, total_steps = 300, " OPTIMIZER " }" },
    { "torch.SequentialLR",
      "derny.torch.SequentialLR { schedulers = { derny.torch.LinearLR { total_iters = 50 }, "
      "derny.torch.CosineAnnealingLR { T_max = 250 } }, milestones = { 50 }, " OPTIMIZER " }" },
    { "torch.ChainedScheduler",
      "derny.torch.ChainedScheduler { schedulers = { derny.torch.StepLR { step_size = 100 }, "
      "derny.torch.ExponentialLR { gamma = 0.99 } }, " OPTIMIZER " }" },
    { "torch.ReduceLROnPlateau",
      "derny.torch.ReduceLROnPlateau { factor = 0.3, " OPTIMIZER " }" },
};

/* A plain value for an argument that is needed. */
static const char *typical(const dy_param *param)
{
    switch (param->kind) {
    case DY_ARG_OPTIMIZER: return "{ lr = 0.1, momentum = 0.9 }";
    case DY_ARG_FUNCTION: return "function(t) return 0.99 ^ t end";
    case DY_ARG_TIME: return "\"30%\"";
    case DY_ARG_COUNT: return "10";
    default: return param->want == DY_WANT_SHARE ? "0.5" : "0.1";
    }
}

/* A recipe with its required arguments, which then should be plain. */
static void plain_example(const dy_recipe *recipe, char *to, size_t size)
{
    int used = snprintf(to, size, "derny.%s {", recipe->name);
    const char *before = " ";
    for (const dy_param *p = recipe->params; p->name && used < (int)size; p++) {
        if (!p->required && p->kind != DY_ARG_OPTIMIZER) continue;
        used +=
            snprintf(to + used, size - (size_t)used, "%s%s = %s", before, p->name, typical(p));
        before = ", ";
    }
    if (used < (int)size) snprintf(to + used, size - (size_t)used, " }");
}

static void example_of(const dy_recipe *recipe, char *to, size_t size)
{
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        if (strcmp(EXAMPLES[i].name, recipe->name) != 0) continue;
        snprintf(to, size, "%s", EXAMPLES[i].example);
        return;
    }
    plain_example(recipe, to, size);
}

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

static bool print_list(const dy_courses *courses, dy_error *err)
{
    dy_chart_look look = dy_chart_look_at(stdout);
    const dy_recipe *recipe = dy_recipe_next(NULL);
    for (int i = 0; i < courses->n; i++, recipe = dy_recipe_next(recipe)) {
        printf("%-*s", LIST_NAMES, recipe->name);
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
    char example[RECIPES_MAX][EXAMPLE_MAX];
    const char *text[RECIPES_MAX];
    int n = 0;
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r), n++) {
        DY_ASSERT(n < RECIPES_MAX);
        example_of(r, example[n], sizeof example[n]);
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
        [DY_ARG_OPTIMIZER] = "{ lr, momentum or betas }",
    };
    return KINDS[p->kind];
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
    snprintf(text + used, sizeof text - (size_t)used, "%s)", preset);
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
    char example[EXAMPLE_MAX];
    const char *text = example;
    dy_error err;
    dy_courses courses;
    example_of(recipe, example, sizeof example);
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
