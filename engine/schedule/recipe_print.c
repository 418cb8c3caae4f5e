/* recipe_print.c - a schedule as a script would write it.   SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/recipe.h"

#include <ctype.h>
#include <string.h>

/* One way to print for each kind of argument; `left` is how many schedules within schedules may still be opened. */
typedef void print_fn(const dy_param *param, const dy_arg *arg, int left, FILE *out);

static void print_spec(const dy_spec *spec, int left, FILE *out);
static void print_arguments(const dy_spec *spec, int left, FILE *out);

static void put_real(double x, FILE *out)
{
    char text[32];
    fputs(dy_format_real(text, sizeof text, x), out);
}

static void put_time(dy_time time, FILE *out)
{
    if (time.unit != DY_STEPS) fputc('"', out);
    put_real(time.unit == DY_FRACTION ? time.amount * 100 : time.amount, out);
    if (time.unit == DY_FRACTION) fputs("%\"", out);
    if (time.unit == DY_EPOCHS) fputs(time.amount == 1 ? " epoch\"" : " epochs\"", out);
}

static void put_key(const dy_timed_key *key, FILE *out)
{
    fputc('{', out);
    put_time(key->time, out);
    fputs(", ", out);
    put_real(key->value, out);
    if (key->ease.kind != DY_EASE_LINEAR)
        fprintf(out, ", \"%s\"", DY_EASE_NAMES[key->ease.kind]);
    for (int i = 0; i < DY_EASE_FORMS[key->ease.kind].n; i++) {
        fputs(", ", out);
        put_real(dy_ease_number(key->ease, i), out);
    }
    fputc('}', out);
}

static void put_pair(dy_pair pair, const char *before, const char *between, const char *after,
                     FILE *out)
{
    fputs(before, out);
    put_real(pair.x, out);
    fputs(between, out);
    put_real(pair.y, out);
    fputs(after, out);
}

/* In quotes, as Lua reads it. */
static void put_text(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text; text++) {
        if (iscntrl((unsigned char)*text)) {
            fprintf(out, "\\%03d", (unsigned char)*text);
            continue;
        }
        if (*text == '"' || *text == '\\') fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

/* Whether Lua takes the word for a name. */
static bool is_name(const char *word)
{
    static const char *const RESERVED[] = {
        "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
        "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
        "repeat",   "return", "then", "true", "until",  "while",
    };
    for (size_t i = 0; i < sizeof RESERVED / sizeof *RESERVED; i++)
        if (strcmp(RESERVED[i], word) == 0) return false;
    for (const char *c = word; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_') return false;
    return *word != '\0' && !isdigit((unsigned char)*word);
}

static void put_field(const char *name, FILE *out)
{
    if (is_name(name)) {
        fprintf(out, "%s = ", name);
        return;
    }
    fputc('[', out);
    put_text(name, out);
    fputs("] = ", out);
}

static void print_real(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param, (void)left;
    put_real(arg->real, out);
}

static void print_bool(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param, (void)left;
    fputs(arg->real != 0 ? "true" : "false", out);
}

static void print_time(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param, (void)left;
    put_time(arg->time, out);
}

static void print_choice(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)left;
    if (arg->call)
        fputs("function", out);
    else
        fprintf(out, "\"%s\"", param->choices[(int)arg->real]);
}

static void print_schedule(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param;
    print_spec(arg->specs[0], left - 1, out);
}

static void print_list(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    fputs(arg->n > 0 ? "{ " : "{", out);
    for (int64_t i = 0; i < arg->n; i++) {
        if (i > 0) fputs(", ", out);
        if (param->kind == DY_ARG_REALS) put_real(arg->reals[i], out);
        if (param->kind == DY_ARG_TIMES) put_time(arg->times[i], out);
        if (param->kind == DY_ARG_KEYS) put_key(&arg->keys[i], out);
        if (param->kind == DY_ARG_SCHEDULES) print_spec(arg->specs[i], left - 1, out);
        if (param->kind == DY_ARG_TEXTS) put_text(arg->names[i], out);
        if (param->kind == DY_ARG_PAIRS) put_pair(arg->pairs[i], "{", ", ", "}", out);
        if (param->kind == DY_ARG_MAP) put_pair(arg->pairs[i], "[", "] = ", "", out);
        if (param->kind == DY_ARG_NAMED) {
            put_field(arg->names[i], out);
            print_spec(arg->specs[i], left - 1, out);
        }
    }
    fputs(" }", out);
}

static void print_text(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param, (void)left;
    put_text(arg->names[0], out);
}

static void print_function(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param, (void)arg, (void)left;
    fputs("function", out);
}

static void print_optimizer(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param, (void)left;
    fputs("{ lr = ", out);
    put_real(arg->real, out);
    if (arg->n > 0) {
        fputs(", momentum = ", out);
        put_real(arg->reals[0], out);
    }
    fputs(" }", out);
}

static void print_options(const dy_param *param, const dy_arg *arg, int left, FILE *out)
{
    (void)param;
    print_arguments(arg->specs[0], left, out);
}

static print_fn *const PRINTERS[] = {
    [DY_ARG_REAL] = print_real,         [DY_ARG_COUNT] = print_real,
    [DY_ARG_BOOL] = print_bool,         [DY_ARG_TIME] = print_time,
    [DY_ARG_CHOICE] = print_choice,     [DY_ARG_REALS] = print_list,
    [DY_ARG_TIMES] = print_list,        [DY_ARG_KEYS] = print_list,
    [DY_ARG_SCHEDULE] = print_schedule, [DY_ARG_SCHEDULES] = print_list,
    [DY_ARG_FUNCTION] = print_function, [DY_ARG_OPTIMIZER] = print_optimizer,
    [DY_ARG_TEXT] = print_text,         [DY_ARG_TEXTS] = print_list,
    [DY_ARG_PAIRS] = print_list,        [DY_ARG_MAP] = print_list,
    [DY_ARG_NAMED] = print_list,        [DY_ARG_OPTIONS] = print_options,
};

static void print_arguments(const dy_spec *spec, int left, FILE *out)
{
    fputc('{', out);
    const char *before = " ";
    for (int i = 0; spec->recipe->params[i].name; i++) {
        const dy_param *param = &spec->recipe->params[i];
        if (!spec->args[i].given) continue;
        fputs(before, out);
        put_field(param->name, out);
        PRINTERS[param->kind](param, &spec->args[i], left, out);
        before = ", ";
    }
    fputs(" }", out);
}

static void print_spec(const dy_spec *spec, int left, FILE *out)
{
    if (!spec->recipe || left == 0) {
        fputs(spec->recipe ? "..." : "function", out);
        return;
    }
    fprintf(out, "%s ", spec->recipe->name);
    print_arguments(spec, left, out);
}

void dy_spec_print(const dy_spec *spec, FILE *out)
{
    print_spec(spec, DY_SPEC_DEPTH, out);
}

static void print_curve(const char *word, const dy_curve *curve, FILE *out)
{
    if (curve->n_nodes == 0) return;
    fprintf(out, "%s\t", word);
    dy_curve_print_brief(curve, out);
    fputc('\n', out);
}

void dy_spec_describe(const dy_spec *spec, const dy_plan *plan, FILE *out)
{
    const dy_recipe *recipe = spec->recipe;
    if (!recipe) {
        fputs("is\ta function of t\n", out);
        return;
    }
    fputs("is\t", out);
    dy_spec_print(spec, out);
    fprintf(out, "\nformula\t%s\n", recipe->formula);
    if (recipe->source[0]) fprintf(out, "source\t%s\n", recipe->source);
    if (plan->n_feedbacks > 0)
        fprintf(out, "feedback\tlr %sfalls when what it watches stops improving\n",
                plan->feedback[0].kind == DY_FEEDBACK_GREEDY ? "rises and " : "");
    print_curve("lr", &plan->lr, out);
    print_curve("momentum", &plan->momentum, out);
}
