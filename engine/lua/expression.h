/* expression.h - a schedule written as one Lua expression, and followed from its first step to its last.
 *
 * `derny` is a local of the expression. Nothing is trained: what feedback would have seen is given.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/script.h"
#include "record/tape.h"
#include "schedule/recipe.h"

typedef struct dy_expression {
    lua_State *state;
    int top;          /* of its stack before this was opened */
    const char *name; /* "expression 1": where errors are */
    const dy_spec *spec;
    dy_plan plan;
    dy_arena arena; /* the plan's */
} dy_expression;

/* A value of what feedback watches after each of the first n updates; absent[i]: there was none. */
typedef struct dy_metric {
    const double *value; /* [n] */
    const bool *absent;  /* [n] */
    int64_t n;
} dy_metric;

/* Evaluates the text, and resolves what comes of it for `span`. Until it is closed it stands on the stack of L, with nothing
 * of L's caller above. Fails when it is no schedule; says so under `name`. */
bool dy_expression_open(dy_expression *e, lua_State *L, const char *text, const char *name,
                        dy_span span, dy_error *err);
void dy_expression_close(dy_expression *e);

/* Pushes lr and momentum of every step, with no loss; where the schedule leaves momentum alone it is the optimizer's, `own`,
 * or NaN. Ends early, without failing, when the desk asks the lab to stop. The tape has room for all of it, and is empty. */
bool dy_expression_record(const dy_expression *e, const dy_metric *metric, double own,
                          dy_tape *tape, dy_error *err);
