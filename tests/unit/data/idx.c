/* IDX files, whole and otherwise.   SPDX-License-Identifier: MIT */
#include "data/files.h"
#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

enum { N = 6 };

static help_buffer images, labels;

static void prepare(void)
{
    help_make_folder();
    images = help_idx(3, (const int64_t[]){ N, 2, 3 }, 256);
    labels = help_idx(1, (const int64_t[]){ N }, 4);
    help_write("images", images.at, images.n);
    help_write("labels", labels.at, labels.n);
}

TestSuite(idx, .init = prepare, .fini = help_remove_folder);

static bool read_pair(dy_dataset *data, const char *images_file, const char *labels_file,
                      dy_error *err)
{
    dy_idx_spec spec = { .train_images = images_file, .train_labels = labels_file };
    return dy_idx_read(data, &spec, 1 << 20, err);
}

static void images_fail(const help_buffer *file, const char *says)
{
    dy_error err = { "" };
    dy_dataset data;
    const char *path = help_write("bad", file->at, file->n);
    cr_assert_not(read_pair(&data, path, help_path("labels"), &err));
    help_says(&err, path);
    help_says(&err, says);
}

Test(idx, plain_and_packed)
{
    help_buffer packed = help_gzip(&images);
    help_write("images.gz", packed.at, packed.n);
    for (int i = 0; i < 2; i++) {
        dy_error err;
        dy_dataset data;
        cr_assert(
            read_pair(&data, help_path(i ? "images.gz" : "images"), help_path("labels"), &err),
            "%s", err.text);
        cr_assert_str_eq(data.name, "images");
        cr_assert_eq(data.inputs, 6);
        cr_assert_eq(data.outputs, 4);
        cr_assert_eq(data.image_rows, 2);
        cr_assert_eq(data.image_cols, 3);
        cr_assert_eq(data.train.rows, N);
        cr_assert_eq(data.test.rows, 0);
        cr_assert_eq(data.scale[5], 1.0f / 255.0f);
        cr_assert_eq(data.shift[5], 0.0f);
        for (int k = 0; k < 6 * N; k++) cr_assert_eq(data.train.bytes[k], k);
        for (int k = 0; k < N; k++) cr_assert_eq(data.train.labels[k], k % 4);
        dy_dataset_close(&data);
    }
}

Test(idx, test_split)
{
    dy_error err;
    dy_dataset data;
    dy_idx_spec spec = { help_path("images"), help_path("labels"), help_path("images"),
                         help_path("labels") };
    cr_assert(dy_idx_read(&data, &spec, 0, &err), "%s", err.text);
    cr_assert_eq(data.test.rows, N);
    dy_dataset_close(&data);

    help_buffer other = help_idx(3, (const int64_t[]){ N, 3, 2 }, 256);
    spec.test_images = help_write("other", other.at, other.n);
    cr_assert_not(dy_idx_read(&data, &spec, 0, &err));
    help_says(&err, "images of another size");
    spec.test_labels = NULL;
    cr_assert_not(dy_idx_read(&data, &spec, 0, &err));
    help_says(&err, "test images without test labels");
}

Test(idx, headers_that_lie)
{
    help_buffer bad = images;
    bad.at[7] = N + 1;
    images_fail(&bad, "its header promises more elements than the 36 that follow");
    bad = images;
    bad.at[7] = N - 1;
    images_fail(&bad, "its header promises 30 elements; 36 follow");
    bad = images;
    help_put(&bad, "x", 1);
    images_fail(&bad, "its header promises 36 elements; 37 follow");
    bad = images;
    memset(bad.at + 4, 0xff, 12); /* 2^96 bytes: nobody takes them */
    images_fail(&bad, "its header promises more elements than");
    bad = images;
    memset(bad.at + 4, 0, 4);
    images_fail(&bad, "size 1 is 0; want at least 1");
}

Test(idx, what_is_no_idx)
{
    help_buffer bad = images;
    bad.at[0] = 'P';
    images_fail(&bad, "begins with 50 00 08 03; an IDX file begins with 00 00");
    bad = images;
    bad.at[2] = 0x0d;
    images_fail(&bad, "element type 0x0d; want 0x08");
    bad = images;
    bad.at[3] = 4;
    images_fail(&bad, "rank 4; images have rank 2 or 3");
    images_fail(&labels, "rank 1; images have rank 2 or 3");
    bad = images;
    bad.n = 3;
    images_fail(&bad, "3 bytes; too short for an IDX file");
    bad.n = 9;
    images_fail(&bad, "ends in its header, which wants 16 bytes");
}

Test(idx, labels_that_do_not_fit)
{
    dy_error err;
    dy_dataset data;
    cr_assert_not(read_pair(&data, help_path("images"), help_path("images"), &err));
    help_says(&err, "rank 3; labels have rank 1");
    help_buffer five = help_idx(1, (const int64_t[]){ 5 }, 4);
    cr_assert_not(
        read_pair(&data, help_path("images"), help_write("five", five.at, five.n), &err));
    help_says(&err, "five: 5 labels for 6 images");
    help_buffer high = labels;
    high.at[8] = 200;
    dy_idx_spec spec = { help_path("images"), help_path("labels"), help_path("images"),
                         help_write("high", high.at, high.n) };
    cr_assert_not(dy_idx_read(&data, &spec, 0, &err));
    help_says(&err, "test data: row 1: label 200; want 0 to 3");
}

static void read_images(const char *file)
{
    dy_error err;
    dy_dataset data;
    if (read_pair(&data, file, help_path("labels"), &err)) dy_dataset_close(&data);
}

static void read_labels(const char *file)
{
    dy_error err;
    dy_dataset data;
    if (read_pair(&data, help_path("images"), file, &err)) dy_dataset_close(&data);
}

Test(idx, no_change_of_a_file_does_harm, .timeout = 120)
{
    help_buffer packed = help_gzip(&images);
    help_mutate(&images, "mutant", read_images);
    help_mutate(&packed, "mutant", read_images);
    help_mutate(&labels, "mutant", read_labels);
}

Test(idx, memory_may_be_short_at_any_take)
{
    help_buffer packed = help_gzip(&images);
    help_write("packed", packed.at, packed.n);
    for (int64_t n = 1;; n++) {
        dy_error err = { "" };
        dy_dataset data;
        dy_arena_fail_at(n, false);
        bool ok = read_pair(&data, help_path("packed"), help_path("labels"), &err);
        dy_arena_fail_at(0, false);
        cr_assert(n < 50);
        if (ok) {
            cr_assert_geq(n, 6);
            dy_dataset_close(&data);
            break;
        }
        help_says(&err, "out of memory");
    }
}
