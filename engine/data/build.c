/* build.c - see build.h.   SPDX-License-Identifier: MIT */
#include "data/build.h"

#include "base/rng.h"
#include "data/fingerprint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool dy_build_scale(dy_dataset *data, float scale, dy_error *err)
{
    float *scales = dy_arena_take(&data->arena, data->inputs, sizeof *scales, err);
    float *shifts = dy_arena_take(&data->arena, data->inputs, sizeof *shifts, err);
    if (!scales || !shifts) return false;
    for (int64_t j = 0; j < data->inputs; j++) scales[j] = scale;
    data->scale = scales;
    data->shift = shifts;
    return true;
}

static void cut(char *name, const char *extension)
{
    size_t n = strlen(name), m = strlen(extension);
    if (n > m && strcmp(name + n - m, extension) == 0) name[n - m] = '\0';
}

void dy_build_name(dy_dataset *data, const char *file)
{
    const char *slash = strrchr(file, '/');
    snprintf(data->name, sizeof data->name, "%s", slash ? slash + 1 : file);
    cut(data->name, ".gz");
    char *dot = strrchr(data->name, '.');
    if (dot && dot != data->name) *dot = '\0';
}

int64_t dy_build_classes(const int32_t *labels, int64_t rows)
{
    int64_t most = 1;
    for (int64_t i = 0; i < rows; i++)
        if (labels[i] > most) most = labels[i];
    return most + 1;
}

static bool check_slots(int64_t rows, double fraction, dy_error *err)
{
    if (!(fraction >= 0.0 && fraction < 1.0))
        return dy_fail(err, "a fraction of %g held out; want 0 <= fraction < 1", fraction);
    if (rows > INT32_MAX)
        return dy_fail(err, "%lld rows; at most %d can be held", (long long)rows, INT32_MAX);
    if (fraction > 0.0 && rows < 2)
        return dy_fail(err, "%lld row cannot be split; want at least 2", (long long)rows);
    return true;
}

/* At least one row on each side. */
static int64_t held_out(int64_t rows, double fraction)
{
    int64_t n = (int64_t)llround((double)rows * fraction);
    if (n < 1) return fraction > 0.0 ? 1 : 0;
    return n < rows ? n : rows - 1;
}

bool dy_build_slots(int32_t **slot, int64_t *n_train, dy_arena *scratch, int64_t rows,
                    double fraction, uint64_t seed, dy_error *err)
{
    if (!check_slots(rows, fraction, err)) return false;
    int32_t *order = dy_arena_take(scratch, rows, sizeof *order, err);
    int32_t *slots = dy_arena_take(scratch, rows, sizeof *slots, err);
    if (!order || !slots) return false;
    int64_t n_test = held_out(rows, fraction), train = 0, test = rows - n_test;
    for (int64_t i = 0; i < rows; i++) order[i] = (int32_t)i;
    dy_rng rng = dy_rng_make(seed, "split");
    if (n_test > 0) dy_rng_shuffle(&rng, order, rows);
    for (int64_t i = 0; i < n_test; i++) slots[order[i]] = 1; /* marked: held out */
    for (int64_t i = 0; i < rows; i++) slots[i] = (int32_t)(slots[i] ? test++ : train++);
    *slot = slots;
    *n_train = rows - n_test;
    return true;
}

void dy_build_parts(dy_dataset *data, const dy_split *all, int64_t n_train)
{
    int64_t inputs = data->inputs, outputs = data->outputs;
    data->train = *all;
    data->train.rows = n_train;
    data->test = (dy_split){ .rows = all->rows - n_train };
    if (data->test.rows == 0) return;
    if (all->bytes) data->test.bytes = all->bytes + n_train * inputs;
    if (all->floats) data->test.floats = all->floats + n_train * inputs;
    if (all->labels) data->test.labels = all->labels + n_train;
    if (all->targets) data->test.targets = all->targets + n_train * outputs;
}

bool dy_build_end(dy_dataset *data, dy_dataset *made, bool ok, const char *file, dy_error *err)
{
    if (ok && !dy_dataset_check(made, err)) {
        ok = false;
        if (file) dy_fail_in(err, "%s", file);
    }
    made->print = ok ? dy_arena_take(&made->arena, 1, sizeof *made->print, err) : NULL;
    ok = made->print != NULL;
    if (!ok) {
        dy_dataset_close(made);
        return false;
    }
    *data = *made;
    return true;
}
