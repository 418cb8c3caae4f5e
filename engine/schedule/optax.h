/* optax.h - optax' schedules as what they are: plain functions of the count, some made of others. For this folder only.
 *
 * They are worked out in double precision (optax' own is single unless told otherwise), in its order of operations.
 * source: optax/schedules of optax 0.2.9.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipes.h"

typedef struct dy_optax {
    const dy_recipe *recipe; /* its stepper is a dy_optax_class; NULL: any other schedule, */
    dy_curve curve;          /* as a curve of the count */
    const dy_arg *args;
    const dy_plan *whole; /* what it is a part of, while it is opened */
    const dy_pair *knots; /* of a piecewise one: its boundaries, and the values there */
    int64_t n_knots;
    struct dy_optax *parts; /* of one made of others */
    const double *starts;   /* each part's count 0 */
    int64_t n_parts;
} dy_optax;

typedef struct dy_optax_class {
    /* What its constructor does: refuses, and prepares. NULL: nothing. */
    bool (*open)(dy_optax *s, dy_arena *arena, dy_error *err);
    double (*at)(const dy_optax *s, double count);
} dy_optax_class;

#define DY_OPTAX(name)                                                                         \
    extern const dy_param DY_PARAMS_optax_##name[];                                            \
    extern const dy_optax_class DY_OPTAX_##name

DY_OPTAX(constant_schedule);
DY_OPTAX(polynomial_schedule);
DY_OPTAX(linear_schedule);
DY_OPTAX(exponential_decay);
DY_OPTAX(cosine_decay_schedule);
DY_OPTAX(warmup_constant_schedule);
DY_OPTAX(warmup_cosine_decay_schedule);
DY_OPTAX(warmup_exponential_decay_schedule);
DY_OPTAX(piecewise_constant_schedule);
DY_OPTAX(piecewise_interpolate_schedule);
DY_OPTAX(linear_onecycle_schedule);
DY_OPTAX(cosine_onecycle_schedule);
DY_OPTAX(join_schedules);
DY_OPTAX(sgdr_schedule);

#undef DY_OPTAX

/* The make of every recipe whose stepper is a dy_optax_class. */
bool dy_make_optax(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err);

/* Opens `spec` as a part that has `steps` updates to itself. */
bool dy_optax_part(dy_optax *part, const dy_optax *of, const dy_spec *spec, int64_t steps,
                   dy_arena *arena, dy_error *err);
double dy_optax_at(const dy_optax *s, double count);

#define DY_OPTAX_REAL(index, called, needed, usual, what)                                      \
    [index] = { .name = (called),                                                              \
                .kind = DY_ARG_REAL,                                                           \
                .required = (needed),                                                          \
                .preset = (usual),                                                             \
                .meaning = (what) }
