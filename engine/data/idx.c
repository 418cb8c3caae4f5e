/* idx.c - dy_idx_read: the format of MNIST. Two zeros, an element type, a rank, then the sizes as big-endian
 * 32-bit numbers, then the elements.
 *
 * source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits"
 *
 * SPDX-License-Identifier: MIT */
#include "data/build.h"
#include "data/bytes.h"
#include "data/files.h"

enum { TYPE_U8 = 0x08, MAGIC_BYTES = 4, RANK_MOST = 3 };

typedef struct array {
    int rank;
    int64_t sizes[RANK_MOST];
    const uint8_t *elements;
} array;

static int64_t big_endian(const uint8_t *at)
{
    return (int64_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

static bool check_magic(dy_bytes file, int rank_least, int rank_most, dy_error *err)
{
    if (file.n < MAGIC_BYTES)
        return dy_fail(err, "%lld bytes; too short for an IDX file", (long long)file.n);
    const uint8_t *at = file.at;
    if (at[0] != 0 || at[1] != 0)
        return dy_fail(err, "begins with %02x %02x %02x %02x; an IDX file begins with 00 00",
                       at[0], at[1], at[2], at[3]);
    if (at[2] != TYPE_U8)
        return dy_fail(err, "element type 0x%02x; want 0x08, unsigned bytes", at[2]);
    if (at[3] < rank_least || at[3] > rank_most)
        return rank_least == rank_most
                   ? dy_fail(err, "rank %d; labels have rank %d", at[3], rank_least)
                   : dy_fail(err, "rank %d; images have rank %d or %d", at[3], rank_least,
                             rank_most);
    return true;
}

/* Divides instead of multiplying: four sizes of 2^32 have no product in 64 bits. */
static bool check_sizes(const array *a, int64_t have, dy_error *err)
{
    int64_t room = have, n = 1;
    for (int i = 0; i < a->rank; i++) {
        if (a->sizes[i] < 1)
            return dy_fail(err, "size %d is %lld; want at least 1", i + 1,
                           (long long)a->sizes[i]);
        room /= a->sizes[i];
        if (room < 1)
            return dy_fail(err, "its header promises more elements than the %lld that follow",
                           (long long)have);
        n *= a->sizes[i];
    }
    return n == have || dy_fail(err, "its header promises %lld elements; %lld follow",
                                (long long)n, (long long)have);
}

static bool parse(array *a, dy_bytes file, int rank_least, int rank_most, dy_error *err)
{
    if (!check_magic(file, rank_least, rank_most, err)) return false;
    a->rank = file.at[3];
    int64_t head = MAGIC_BYTES + 4 * a->rank;
    if (file.n < head)
        return dy_fail(err, "ends in its header, which wants %lld bytes", (long long)head);
    for (int i = 0; i < a->rank; i++)
        a->sizes[i] = big_endian(file.at + MAGIC_BYTES + (ptrdiff_t)4 * i);
    a->elements = file.at + head;
    return check_sizes(a, file.n - head, err);
}

static bool read_array(array *a, dy_arena *arena, const char *file, int rank_least,
                       int rank_most, dy_error *err)
{
    dy_bytes bytes;
    if (!dy_bytes_read(&bytes, arena, file, err)) return false;
    return parse(a, bytes, rank_least, rank_most, err) || dy_fail_in(err, "%s", file);
}

static bool read_labels(dy_split *split, dy_dataset *data, const char *file, dy_error *err)
{
    dy_arena scratch = dy_arena_make(data->arena.limit);
    array a = { 0 };
    bool ok = read_array(&a, &scratch, file, 1, 1, err);
    if (ok && a.sizes[0] != split->rows)
        ok = dy_fail(err, "%s: %lld labels for %lld images", file, (long long)a.sizes[0],
                     (long long)split->rows);
    int32_t *labels = ok ? dy_arena_take(&data->arena, split->rows, sizeof *labels, err) : NULL;
    if (labels)
        for (int64_t i = 0; i < split->rows; i++) labels[i] = a.elements[i];
    split->labels = labels;
    dy_arena_close(&scratch);
    return labels != NULL;
}

/* The images stay where they were unpacked, behind their header. */
static bool read_split(dy_split *split, array *images, dy_dataset *data,
                       const char *images_file, const char *labels_file, dy_error *err)
{
    if (!read_array(images, &data->arena, images_file, 2, RANK_MOST, err)) return false;
    split->rows = images->sizes[0];
    split->bytes = images->elements;
    return read_labels(split, data, labels_file, err);
}

static void set_shape(dy_dataset *data, const array *images)
{
    data->inputs = images->sizes[1];
    if (images->rank < RANK_MOST) return;
    data->inputs *= images->sizes[2];
    data->image_rows = images->sizes[1];
    data->image_cols = images->sizes[2];
}

static bool fill(dy_dataset *data, const dy_idx_spec *spec, dy_error *err)
{
    array train, test;
    if (!spec->test_images != !spec->test_labels)
        return dy_fail(err, "test images without test labels, or labels without images");
    if (!read_split(&data->train, &train, data, spec->train_images, spec->train_labels, err))
        return false;
    set_shape(data, &train);
    if (spec->test_images) {
        if (!read_split(&data->test, &test, data, spec->test_images, spec->test_labels, err))
            return false;
        dy_dataset other = { 0 };
        set_shape(&other, &test);
        if (other.inputs != data->inputs || other.image_rows != data->image_rows)
            return dy_fail(err, "%s: images of another size than those of %s",
                           spec->test_images, spec->train_images);
    }
    dy_build_name(data, spec->train_images);
    data->task = DY_CLASSIFY;
    data->outputs = dy_build_classes(data->train.labels, data->train.rows);
    return dy_build_scale(data, 1.0f / 255.0f, err);
}

bool dy_idx_read(dy_dataset *data, const dy_idx_spec *spec, int64_t limit, dy_error *err)
{
    dy_dataset made = dy_dataset_make(limit);
    return dy_build_end(data, &made, fill(&made, spec, err), spec->train_images, err);
}
