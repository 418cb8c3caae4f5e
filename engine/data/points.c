/* points.c - spirals, moons, circles and blobs: points in the plane whose class shows at a glance.
 *
 * Points lie evenly along their curve; only the noise, the blobs' centres and who is held out are random.
 *
 * source: moons, circles and blobs are the shapes of scikit-learn's make_moons, make_circles (factor 0.8) and
 * make_blobs; blobs are ten times smaller, centres in -1..1
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "data/build.h"
#include "data/generated.h"

#include <math.h>
#include <stdio.h>

enum { ROWS_MOST = 10000000, CLASSES_MOST = 1000, INPUTS_MOST = 1000 };

static const double PI = 3.14159265358979323846;
static const double INNER_RADIUS = 0.8;

/* One kind of points: writes the point of `class` that is a part 0 <= t < 1 along it, without noise. */
typedef struct figure {
    const char *name;
    bool two; /* classes and no other number */
    bool any_inputs;
    void (*place)(const dy_points_spec *spec, const double *centres, int class, double t,
                  double *to);
} figure;

dy_points_spec dy_points_defaults(void)
{
    return (dy_points_spec){ .rows = 1000,
                             .classes = 2,
                             .inputs = 2,
                             .noise = 0.1,
                             .turns = 1.5,
                             .test = 0.2,
                             .seed = 1 };
}

static void place_spiral(const dy_points_spec *spec, const double *centres, int class, double t,
                         double *to)
{
    (void)centres;
    double angle = 2.0 * PI * (spec->turns * t + (double)class / (double)spec->classes);
    to[0] = t * cos(angle);
    to[1] = t * sin(angle);
}

static void place_moon(const dy_points_spec *spec, const double *centres, int class, double t,
                       double *to)
{
    (void)spec, (void)centres;
    to[0] = class == 0 ? cos(PI * t) : 1.0 - cos(PI * t);
    to[1] = class == 0 ? sin(PI * t) : 0.5 - sin(PI * t);
}

static void place_circle(const dy_points_spec *spec, const double *centres, int class, double t,
                         double *to)
{
    (void)spec, (void)centres;
    double radius = class == 0 ? 1.0 : INNER_RADIUS;
    to[0] = radius * cos(2.0 * PI * t);
    to[1] = radius * sin(2.0 * PI * t);
}

static void place_blob(const dy_points_spec *spec, const double *centres, int class, double t,
                       double *to)
{
    (void)t;
    for (int64_t j = 0; j < spec->inputs; j++) to[j] = centres[class * spec->inputs + j];
}

static bool check(const figure *shape, const dy_points_spec *s, dy_error *err)
{
    if (s->rows < 2 || s->rows > ROWS_MOST)
        return dy_fail(err, "%lld rows; want 2 to %d", (long long)s->rows, ROWS_MOST);
    int most = shape->two ? 2 : CLASSES_MOST;
    if (s->classes < 2 || s->classes > most || s->classes > s->rows)
        return dy_fail(err, "%lld classes; want %s%d, and no more than rows",
                       (long long)s->classes, shape->two ? "" : "2 to ", most);
    int64_t widest = shape->any_inputs ? INPUTS_MOST : 2;
    if (s->inputs < 1 || s->inputs > widest || (!shape->any_inputs && s->inputs != 2))
        return dy_fail(err, "%lld inputs; want %s", (long long)s->inputs,
                       shape->any_inputs ? "1 to 1000" : "2: these are points in the plane");
    if (!(s->noise >= 0.0 && s->noise <= 1e6))
        return dy_fail(err, "noise is %g; want 0 to 1e6", s->noise);
    return (s->turns >= -1e3 && s->turns <= 1e3) ||
           dy_fail(err, "turns is %g; want -1000 to 1000", s->turns);
}

static double *draw_centres(dy_arena *scratch, const dy_points_spec *spec, dy_error *err)
{
    int64_t n = spec->classes * spec->inputs;
    double *centres = dy_arena_take(scratch, n, sizeof *centres, err);
    dy_rng rng = dy_rng_make(spec->seed, "centres");
    for (int64_t i = 0; centres && i < n; i++) centres[i] = 2.0 * dy_rng_uniform(&rng) - 1.0;
    return centres;
}

/* Point i belongs to class i mod classes, so that all have as many points, one more or less. */
static void place_all(const figure *shape, const dy_points_spec *spec, const double *centres,
                      const int32_t *slot, float *x, int32_t *labels)
{
    double point[INPUTS_MOST];
    dy_rng rng = dy_rng_make(spec->seed, "noise");
    int64_t a_class = (spec->rows - 1) / spec->classes + 1; /* points at most */
    for (int64_t i = 0; i < spec->rows; i++) {
        int class = (int)(i % spec->classes);
        int64_t place = i / spec->classes;
        double t = ((double)place + 0.5) / (double)a_class;
        float *to = x + slot[i] * spec->inputs;
        shape->place(spec, centres, class, t, point);
        for (int64_t j = 0; j < spec->inputs; j++)
            to[j] = (float)(point[j] + spec->noise * dy_rng_normal(&rng));
        labels[slot[i]] = class;
    }
}

static bool fill(dy_dataset *data, dy_arena *scratch, const figure *shape,
                 const dy_points_spec *spec, dy_error *err)
{
    int32_t *slot;
    int64_t n_train;
    if (!dy_build_slots(&slot, &n_train, scratch, spec->rows, spec->test, spec->seed, err))
        return false;
    double *centres = draw_centres(scratch, spec, err);
    float *x = dy_arena_take(&data->arena, spec->rows, (size_t)spec->inputs * sizeof *x, err);
    int32_t *labels = dy_arena_take(&data->arena, spec->rows, sizeof *labels, err);
    if (!centres || !x || !labels) return false;
    place_all(shape, spec, centres, slot, x, labels);
    snprintf(data->name, sizeof data->name, "%s", shape->name);
    data->task = DY_CLASSIFY;
    data->inputs = spec->inputs;
    data->outputs = spec->classes;
    dy_split all = { .rows = spec->rows, .floats = x, .labels = labels };
    dy_build_parts(data, &all, n_train);
    return dy_build_scale(data, 1.0f, err);
}

static bool make(dy_dataset *data, const figure *shape, const dy_points_spec *spec,
                 dy_error *err)
{
    if (!check(shape, spec, err)) return dy_fail_in(err, "%s", shape->name);
    dy_dataset made = dy_dataset_make(0);
    dy_arena scratch = dy_arena_make(0);
    bool ok = fill(&made, &scratch, shape, spec, err) || dy_fail_in(err, "%s", shape->name);
    dy_arena_close(&scratch);
    return dy_build_end(data, &made, ok, NULL, err);
}

bool dy_spirals_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err)
{
    return make(data, &(figure){ "spirals", .place = place_spiral }, spec, err);
}

bool dy_moons_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err)
{
    return make(data, &(figure){ "moons", .two = true, .place = place_moon }, spec, err);
}

bool dy_circles_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err)
{
    return make(data, &(figure){ "circles", .two = true, .place = place_circle }, spec, err);
}

bool dy_blobs_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err)
{
    return make(data, &(figure){ "blobs", .any_inputs = true, .place = place_blob }, spec, err);
}
