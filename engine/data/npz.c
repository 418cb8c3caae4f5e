/* npz.c - dy_npz_read: a data set from NumPy arrays, each in a file of its own or all in one archive. What an array is
 * is npy.c's, what an archive is zip.c's.   SPDX-License-Identifier: MIT */
#include "data/build.h"
#include "data/files.h"
#include "data/npy.h"
#include "data/zip.h"

#include <string.h>

/* Where the arrays come from, and whose memory they may stay in. */
typedef struct source {
    const dy_npz_spec *spec;
    dy_bytes archive; /* if spec->file */
} source;

static bool read_array(dy_npy *array, dy_arena *arena, const source *from, const char *name,
                       dy_error *err)
{
    const char *file = from->spec->file;
    dy_bytes bytes;
    if (!file) {
        return dy_bytes_read(&bytes, arena, name, err) &&
               (dy_npy_parse(array, bytes, err) || dy_fail_in(err, "%s", name));
    }
    if (!dy_zip_read(&bytes, arena, from->archive, name, err))
        return dy_fail_in(err, "%s", file);
    return dy_npy_parse(array, bytes, err) || dy_fail_in(err, "%s: array '%s'", file, name);
}

static const float *to_floats(const dy_npy *array, dy_arena *arena, dy_error *err)
{
    float *floats = dy_arena_take(arena, array->n, sizeof *floats, err);
    for (int64_t i = 0; floats && i < array->n; i++) floats[i] = (float)dy_npy_real(array, i);
    return floats;
}

static bool set_inputs(dy_split *split, const dy_npy *x, dy_arena *arena, dy_error *err)
{
    if (x->rank < 2)
        return dy_fail(err, "inputs of rank %d; want [rows x ...], rank 2 at least", x->rank);
    bool bytes = x->kind == 'u' && x->size == 1;
    if (!bytes && x->kind != 'f')
        return dy_fail(err, "inputs are integers of %d bytes; want uint8, float32 or float64",
                       x->size);
    split->rows = x->sizes[0];
    if (bytes) {
        split->bytes = dy_arena_copy(arena, x->elements, x->n, 1, err);
        return split->bytes != NULL;
    }
    split->floats = to_floats(x, arena, err);
    return split->floats != NULL;
}

static bool set_labels(dy_split *split, const dy_npy *y, dy_arena *arena, dy_error *err)
{
    if (y->n != y->sizes[0])
        return dy_fail(err, "integers are classes, one a row; this has %lld a row",
                       (long long)(y->n / y->sizes[0]));
    int32_t *labels = dy_arena_take(arena, y->n, sizeof *labels, err);
    if (!labels) return false;
    for (int64_t i = 0; i < y->n; i++) {
        int64_t label;
        if (!dy_npy_integer(y, i, &label) || label < 0 || label >= INT32_MAX)
            return dy_fail(err, "row %lld: label %g; want a class, from 0", (long long)i + 1,
                           dy_npy_real(y, i));
        labels[i] = (int32_t)label;
    }
    split->labels = labels;
    return true;
}

static bool set_answers(dy_split *split, const dy_npy *y, dy_arena *arena, dy_error *err)
{
    if (y->rank < 1 || y->sizes[0] != split->rows)
        return dy_fail(err, "%lld rows of answers for %lld rows of inputs",
                       (long long)(y->rank < 1 ? 0 : y->sizes[0]), (long long)split->rows);
    if (y->kind != 'f') return set_labels(split, y, arena, err);
    split->targets = to_floats(y, arena, err);
    return split->targets != NULL;
}

/* Both arrays of a split. They stay in `scratch`; what the split keeps is copied to the data set. */
static bool read_split(dy_split *split, dy_npy *x, dy_npy *y, dy_dataset *data,
                       dy_arena *scratch, const source *from, const char *const names[2],
                       dy_error *err)
{
    return read_array(x, scratch, from, names[0], err) &&
           read_array(y, scratch, from, names[1], err) &&
           (set_inputs(split, x, &data->arena, err) || dy_fail_in(err, "%s", names[0])) &&
           (set_answers(split, y, &data->arena, err) || dy_fail_in(err, "%s", names[1]));
}

static void set_shape(dy_dataset *data, const dy_npy *x, const dy_npy *y)
{
    data->inputs = x->n / x->sizes[0];
    if (x->rank == 3) {
        data->image_rows = x->sizes[1];
        data->image_cols = x->sizes[2];
    }
    data->task = y->kind == 'f' ? DY_REGRESS : DY_CLASSIFY;
    data->outputs = data->task == DY_REGRESS
                        ? y->n / y->sizes[0]
                        : dy_build_classes(data->train.labels, data->train.rows);
}

static bool check_test(const dy_dataset *data, const dy_npy *x, const dy_npy *y, dy_error *err)
{
    bool regress = data->task == DY_REGRESS;
    if (x->n / x->sizes[0] != data->inputs || !data->train.bytes != !data->test.bytes)
        return dy_fail(err,
                       "test inputs are %lld numbers of %d bytes a row; the training "
                       "inputs are another shape or type, of %lld a row",
                       (long long)(x->n / x->sizes[0]), x->size, (long long)data->inputs);
    if ((y->kind == 'f') != regress || (regress && y->n / y->sizes[0] != data->outputs))
        return dy_fail(err, "test answers are of another shape or type than the training ones");
    return true;
}

static bool fill(dy_dataset *data, dy_arena *scratch, const dy_npz_spec *spec, dy_error *err)
{
    source from = { .spec = spec };
    dy_npy x, y;
    if (!spec->x_test != !spec->y_test)
        return dy_fail(err, "x_test without y_test, or y_test without x_test");
    if (spec->file && !dy_bytes_read(&from.archive, scratch, spec->file, err)) return false;
    if (!read_split(&data->train, &x, &y, data, scratch, &from,
                    (const char *const[]){ spec->x, spec->y }, err))
        return false;
    set_shape(data, &x, &y);
    if (spec->x_test &&
        (!read_split(&data->test, &x, &y, data, scratch, &from,
                     (const char *const[]){ spec->x_test, spec->y_test }, err) ||
         !check_test(data, &x, &y, err)))
        return false;
    dy_build_name(data, spec->file ? spec->file : spec->x);
    return dy_build_scale(data, data->train.bytes ? 1.0f / 255.0f : 1.0f, err);
}

bool dy_npz_read(dy_dataset *data, const dy_npz_spec *spec, int64_t limit, dy_error *err)
{
    dy_dataset made = dy_dataset_make(limit);
    dy_arena scratch = dy_arena_make(limit);
    bool ok = fill(&made, &scratch, spec, err);
    dy_arena_close(&scratch);
    return dy_build_end(data, &made, ok, spec->file ? spec->file : spec->x, err);
}
