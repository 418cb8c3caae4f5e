/* spec_text.c - see spec_text.h.   SPDX-License-Identifier: MIT */
#include "spec_text.h"

#include <stdlib.h>
#include <string.h>

enum { ITEMS_MAX = 64 };

typedef struct reader {
    dy_arena *arena;
    const char *at;
} reader;

static _Noreturn void unreadable(const reader *r, const char *wanted)
{
    fprintf(stderr, "spec_text: at '%s': want %s\n", r->at, wanted);
    abort();
}

static void *taken(void *memory)
{
    if (!memory) abort();
    return memory;
}

/* The word up to one of `stops`, copied. */
static char *word(reader *r, const char *stops)
{
    dy_error err;
    size_t n = strcspn(r->at, stops);
    char *copy = taken(dy_arena_take(r->arena, (int64_t)n + 1, 1, &err));
    memcpy(copy, r->at, n);
    r->at += n;
    return copy;
}

static bool skip(reader *r, char c)
{
    if (*r->at != c) return false;
    r->at++;
    return true;
}

static int index_of(const reader *r, const char *name, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0) return i;
    unreadable(r, "one of the choices before it");
}

static dy_time time_of(const reader *r, char *text)
{
    dy_time time;
    dy_error err;
    if (text[0] == '-') return (dy_time){ strtod(text, NULL), DY_STEPS };
    for (char *c = text; *c; c++)
        if (*c == '_') *c = ' '; /* a blank would end the argument */
    if (!dy_time_parse(&time, text, &err)) unreadable(r, err.text);
    return time;
}

/* "0.1" or "0.1:0.9": lr and momentum. */
static dy_arg optimizer(reader *r)
{
    dy_error err;
    dy_arg arg = { .given = true, .real = strtod(word(r, ":, )"), NULL) };
    if (!skip(r, ':')) return arg;
    double *momentum = taken(dy_arena_take(r->arena, 1, sizeof *momentum, &err));
    *momentum = strtod(word(r, ", )"), NULL);
    arg.reals = momentum;
    arg.n = 1;
    return arg;
}

static const dy_spec *spec(reader *r);

static const dy_spec *part(reader *r)
{
    if (!skip(r, '(')) unreadable(r, "a part in parentheses");
    const dy_spec *read = spec(r);
    if (!skip(r, ')')) unreadable(r, "a closing parenthesis");
    return read;
}

static dy_timed_key key(reader *r)
{
    dy_timed_key key = { .ease = { .kind = DY_EASE_LINEAR } };
    key.time = time_of(r, word(r, ":"));
    skip(r, ':');
    key.value = strtod(word(r, ":, )"), NULL);
    if (skip(r, ':')) key.ease.kind = (dy_ease_kind)index_of(r, word(r, ":, )"), DY_EASE_NAMES);
    if (skip(r, ':')) key.ease.x = strtod(word(r, ":, )"), NULL);
    if (skip(r, ':')) key.ease.y = strtod(word(r, ", )"), NULL);
    return key;
}

static dy_pair pair(reader *r)
{
    dy_pair read = { .x = strtod(word(r, ":"), NULL) };
    skip(r, ':');
    read.y = strtod(word(r, ", )"), NULL);
    return read;
}

static dy_arg list(reader *r, dy_arg_kind kind)
{
    dy_error err;
    double *reals = taken(dy_arena_take(r->arena, ITEMS_MAX, sizeof *reals, &err));
    dy_time *times = taken(dy_arena_take(r->arena, ITEMS_MAX, sizeof *times, &err));
    dy_timed_key *keys = taken(dy_arena_take(r->arena, ITEMS_MAX, sizeof *keys, &err));
    const dy_spec **specs =
        taken(dy_arena_take(r->arena, ITEMS_MAX, sizeof(const dy_spec *), &err));
    dy_pair *pairs = taken(dy_arena_take(r->arena, ITEMS_MAX, sizeof *pairs, &err));
    const char **names = taken(dy_arena_take(r->arena, ITEMS_MAX, sizeof(const char *), &err));
    int64_t n = 0;
    do {
        if (n == ITEMS_MAX) unreadable(r, "a shorter list");
        if (kind == DY_ARG_REALS) reals[n] = strtod(word(r, ", )"), NULL);
        if (kind == DY_ARG_TIMES) times[n] = time_of(r, word(r, ", )"));
        if (kind == DY_ARG_KEYS) keys[n] = key(r);
        if (kind == DY_ARG_TEXT || kind == DY_ARG_TEXTS) names[n] = word(r, ", )");
        if (kind == DY_ARG_PAIRS || kind == DY_ARG_MAP) pairs[n] = pair(r);
        if (kind == DY_ARG_NAMED) {
            names[n] = word(r, ":");
            skip(r, ':');
        }
        if (kind == DY_ARG_SCHEDULES || kind == DY_ARG_SCHEDULE || kind == DY_ARG_NAMED)
            specs[n] = part(r);
        n++;
    } while (skip(r, ','));
    return (dy_arg){ .given = true,
                     .n = n,
                     .reals = reals,
                     .times = times,
                     .keys = keys,
                     .pairs = pairs,
                     .names = names,
                     .specs = specs };
}

static dy_arg argument(reader *r, const dy_param *param)
{
    dy_arg arg = { .given = true };
    switch (param->kind) {
    case DY_ARG_REAL:
    case DY_ARG_COUNT: arg.real = strtod(word(r, " )"), NULL); break;
    case DY_ARG_OPTIMIZER: return optimizer(r);
    case DY_ARG_BOOL: arg.real = strcmp(word(r, " )"), "true") == 0; break;
    case DY_ARG_CHOICE: arg.real = index_of(r, word(r, " )"), param->choices); break;
    case DY_ARG_TIME: arg.time = time_of(r, word(r, " )")); break;
    default: return list(r, param->kind);
    }
    return arg;
}

static const dy_spec *spec(reader *r)
{
    dy_error err;
    dy_spec *made = taken(dy_arena_take(r->arena, 1, sizeof *made, &err));
    made->recipe = dy_recipe_find(word(r, " )"));
    if (!made->recipe) unreadable(r, "a recipe's name before it");
    while (skip(r, ' ')) {
        const char *name = word(r, "=");
        skip(r, '=');
        int i = 0;
        while (made->recipe->params[i].name && strcmp(made->recipe->params[i].name, name) != 0)
            i++;
        if (!made->recipe->params[i].name) unreadable(r, "an argument of the recipe before it");
        made->args[i] = argument(r, &made->recipe->params[i]);
    }
    return made;
}

const dy_spec *spec_of_text(dy_arena *arena, const char *text)
{
    reader r = { arena, text };
    const dy_spec *read = spec(&r);
    if (*r.at != '\0') unreadable(&r, "the end");
    return read;
}

bool plan_of_text(dy_plan *plan, dy_arena *arena, const char *text, int64_t steps,
                  int64_t epoch_steps, dy_error *err)
{
    return dy_spec_resolve(spec_of_text(arena, text), (dy_span){ steps, epoch_steps }, plan,
                           arena, err);
}
