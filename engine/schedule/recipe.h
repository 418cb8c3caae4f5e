/* recipe.h - the built-in schedules, by name.
 *
 * A recipe is a row in a table: its name, what its arguments are, its formula and source, and a function that makes
 * a plan from arguments. Everything that lists, documents, binds to Lua or checks arguments goes through the table, so
 * a schedule is added in one place. Arguments may be typed times and other schedules, which only mean something
 * for a run of known length: so a schedule is first *specified* (dy_spec: name and arguments, checked one by one) and
 * later *resolved* against a span into a plan.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/plan.h"

typedef enum dy_arg_kind {
    DY_ARG_REAL,
    DY_ARG_COUNT, /* a whole number >= 0 */
    DY_ARG_BOOL,
    DY_ARG_TIME,      /* a dy_time */
    DY_ARG_CHOICE,    /* one of `choices` */
    DY_ARG_REALS,     /* a list */
    DY_ARG_TIMES,     /* a list */
    DY_ARG_KEYS,      /* keyframes {time, value, ease} */
    DY_ARG_SCHEDULE,  /* another dy_spec */
    DY_ARG_SCHEDULES, /* a list */
    DY_ARG_FUNCTION,  /* from a number, or two, to a number */
    DY_ARG_OPTIONS,   /* arguments of the recipe that the first argument names: a dy_spec */
    DY_ARG_OPTIMIZER, /* what a library's schedule is attached to: { lr, momentum or betas } */
    DY_ARG_TEXT,      /* any name */
    DY_ARG_TEXTS,     /* a list */
    DY_ARG_PAIRS,     /* a list of {number, number} */
    DY_ARG_MAP,       /* from numbers to numbers, { [30] = 0.1 } */
    DY_ARG_NAMED,     /* schedules by name, { lr = ... } */
} dy_arg_kind;

/* What a number, each number of a list, the value of a key, a pair's second or the amount of a time has to be, besides finite. */
typedef enum dy_want {
    DY_WANT_ANY,
    DY_WANT_FROM_0,   /* a rate, a floor */
    DY_WANT_POSITIVE, /* a length, a divisor */
    DY_WANT_FROM_1,
    DY_WANT_SHARE,    /* more than 0, less than 1 */
    DY_WANT_PART,     /* at least 0, at most 1 */
    DY_WANT_TO_1,     /* more than 0, at most 1 */
    DY_WANT_MOMENTUM, /* at least 0, less than 1 */
} dy_want;

/* What a parameter is to the schedule: its own, or one that all of Derny's schedules take and share the meaning of. */
typedef enum dy_role {
    DY_ROLE_OWN,
    DY_ROLE_STEPS,    /* its length, which its other times are resolved against */
    DY_ROLE_AFTER,    /* what it gives from then on: a dy_after */
    DY_ROLE_MOMENTUM, /* a schedule whose values momentum is to have */
} dy_role;

typedef enum dy_after {
    DY_AFTER_HOLD,   /* what it gave last */
    DY_AFTER_ZERO,   /* an lr of 0 */
    DY_AFTER_REPEAT, /* itself, over and over */
    DY_AFTER_ERROR,  /* asking is a mistake, in a run that is longer too */
} dy_after;

typedef struct dy_param {
    const char *name;
    dy_arg_kind kind;
    bool required;
    dy_want want;
    double preset; /* of a REAL, COUNT, BOOL or TIME that is not given; a CHOICE's index */
    dy_unit preset_unit;        /* of a TIME */
    const char *const *choices; /* NULL-terminated, of a CHOICE */
    const char *const *recipes; /* of OPTIONS: the recipe for each choice of the first one */
    bool callable;              /* of a CHOICE: or a function from a number to a number */
    bool alone;                 /* of REALS: or one number, as a list of it */
    const char *of; /* of a SCHEDULE or SCHEDULES: plain tables are arguments of this recipe */
    bool may_be_empty;   /* a list */
    const char *meaning; /* a clause for the help */
    dy_role role;
} dy_param;

/* A keyframe whose time is not resolved yet. */
typedef struct dy_timed_key {
    dy_time time;
    double value;
    dy_ease ease;
} dy_timed_key;

/* A pair of numbers, or what a number stands for in a map. */
typedef struct dy_pair {
    double x, y;
} dy_pair;

/* A script's function of a number, and of another where there is one: else `also` is NaN. Fails with what went wrong and
 * where. */
typedef bool dy_number_fn(void *self, double x, double also, double *y, dy_error *err);

/* One argument. Lists are borrowed from the spec's arena. */
typedef struct dy_arg {
    bool given;
    double real; /* REAL, COUNT, BOOL (0 or 1), CHOICE (its index), lr of an OPTIMIZER */
    dy_time time;
    int64_t n;           /* of a list */
    const double *reals; /* of an OPTIMIZER its momentum, n = 1, if it has one */
    const dy_time *times;
    const dy_timed_key *keys;
    const dy_pair *pairs;               /* PAIRS; MAP, x rising */
    const char *const *names;           /* TEXT (n = 1) and TEXTS; of NAMED, rising */
    const struct dy_spec *const *specs; /* SCHEDULE, OPTIONS (n = 1), SCHEDULES, NAMED */
    dy_number_fn *call;                 /* FUNCTION, or a CHOICE that is one */
    void *self;                         /* call's first argument */
} dy_arg;

enum {
    DY_PARAMS_MAX = 24,
    DY_SPEC_DEPTH = 16, /* schedules within schedules, at most */
};

typedef struct dy_recipe {
    const char *name;    /* "one_cycle"; of a library's own "torch.OneCycleLR" */
    const char *summary; /* one line, no full stop */
    const char *formula, *source;
    const dy_param *params; /* ends at a NULL name */
    /* Fills *plan (zeroed but for span, recipe and depth) in `arena` from args[i] of params[i], presets filled in. */
    bool (*make)(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err);
    const void *stepper; /* what `make` steps over the run, where one make serves a library */
} dy_recipe;

/* All of them, in the order they are listed: the one after `recipe`, the first after NULL; NULL after the last. */
const dy_recipe *dy_recipe_next(const dy_recipe *recipe);

/* What the group it is listed in is called: "Decays", "PyTorch". */
const char *dy_recipe_heading(const dy_recipe *recipe);

/* NULL if there is none of that name. */
const dy_recipe *dy_recipe_find(const char *name);

/* A schedule as asked for: a recipe with its arguments, or a function. */
typedef struct dy_spec {
    const dy_recipe *recipe; /* NULL: a function */
    dy_pace_fn *call;
    void *self;
    dy_arg args[DY_PARAMS_MAX];
} dy_spec;

/* The argument of that name, given or not; NULL if the recipe has none of it. */
const dy_arg *dy_spec_arg(const dy_spec *spec, const char *name);

/* A plan for a run of that length. The plan's curves live in `arena`; a function is called while the plan is followed, or
 * where it is part of another schedule, sampled here at each of its steps. Fails where arguments do not fit each
 * other or the run, naming the argument: "one_cycle: pct_start is 1.2; want more than 0 and less than 1". */
bool dy_spec_resolve(const dy_spec *spec, dy_span span, dy_plan *plan, dy_arena *arena,
                     dy_error *err);

/* What it is and what became of it for a run: lines of a word, a tab and text. The words are is, formula, source, feedback, lr and momentum. */
void dy_spec_describe(const dy_spec *spec, const dy_plan *plan, FILE *out);

/* The arguments that were given, as a script would write them: "one_cycle { max_lr = 0.2 }". */
void dy_spec_print(const dy_spec *spec, FILE *out);
