/* MNIST-1D: shape, balance and statistics of the recipe.   SPDX-License-Identifier: MIT */
#include "data/generated.h"
#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { INPUTS = 40, CLASSES = 10 };

Test(mnist1d, defaults)
{
    dy_error err;
    dy_dataset data;
    dy_mnist1d_spec spec = dy_mnist1d_defaults();
    cr_assert(dy_mnist1d_make(&data, &spec, &err), "%s", err.text);
    cr_assert_str_eq(data.name, "MNIST-1D");
    cr_assert_eq(data.train.rows, 4000);
    cr_assert_eq(data.test.rows, 1000);
    cr_assert_eq(data.inputs, INPUTS);
    int counts[CLASSES] = { 0 };
    double sum = 0, squares = 0;
    for (int i = 0; i < 5000; i++) {
        const dy_split *split = i < 4000 ? &data.train : &data.test;
        counts[split->labels[i % 4000]]++;
        for (int j = 0; j < INPUTS; j++) {
            double x = (double)split->floats[i % 4000 * INPUTS + j];
            sum += x;
            squares += x * x;
        }
    }
    for (int c = 0; c < CLASSES; c++) cr_assert_eq(counts[c], 500);
    cr_assert(fabs(sum / 200000) < 1e-5, "mean %g", sum / 200000);
    cr_assert(fabs(squares / 200000 - 1) < 1e-4, "variance %g", squares / 200000);
    int first[CLASSES] = { 0 }; /* shuffled: the first 200 hold all classes */
    for (int i = 0; i < 200; i++) first[data.train.labels[i]]++;
    for (int c = 0; c < CLASSES; c++) cr_assert(first[c] > 3 && first[c] < 50);
    dy_dataset_close(&data);
}

/* Without chance what is left is the template, padded and sampled. */
Test(mnist1d, a_template_without_noise)
{
    dy_error err;
    dy_dataset data;
    dy_mnist1d_spec spec = {
        .train = 10, .padding_least = 12, .padding_most = 12, .inputs = 24
    };
    cr_assert(dy_mnist1d_make(&data, &spec, &err), "%s", err.text);
    for (int i = 0; i < 10; i++) {
        const float *x = data.train.floats + (ptrdiff_t)i * 24;
        for (int j = 13; j < 24; j++) cr_assert(fabsf(x[j] - x[12]) < 1e-6f);
        cr_assert(fabsf(x[0] - x[12]) < 1e-6f, "a template begins at 0");
        if (data.train.labels[i] == 0) /* 5 6 6.5 6.75 ...: the same proportions */
            cr_assert(fabsf((x[2] - x[0]) / (x[1] - x[0]) - 1.5f) < 1e-5f);
        if (data.train.labels[i] == 7) /* 5 7 7 6.6 ... */
            cr_assert(fabsf((x[3] - x[0]) / (x[1] - x[0]) - 0.8f) < 1e-5f);
    }
    dy_dataset_close(&data);
}

Test(mnist1d, the_seed_decides)
{
    dy_error err;
    dy_dataset a, b, c;
    dy_mnist1d_spec spec = dy_mnist1d_defaults();
    spec.train = 50, spec.test = 0;
    cr_assert(dy_mnist1d_make(&a, &spec, &err));
    cr_assert(dy_mnist1d_make(&b, &spec, &err));
    spec.seed++;
    cr_assert(dy_mnist1d_make(&c, &spec, &err));
    size_t bytes = 50 * INPUTS * sizeof(float);
    cr_assert_eq(memcmp(a.train.floats, b.train.floats, bytes), 0);
    cr_assert_neq(memcmp(a.train.floats, c.train.floats, bytes), 0);
    dy_dataset_close(&a), dy_dataset_close(&b), dy_dataset_close(&c);
}

Test(mnist1d, refusals)
{
    const dy_mnist1d_spec base = dy_mnist1d_defaults();
    dy_mnist1d_spec bad[7];
    for (int i = 0; i < 7; i++) bad[i] = base;
    bad[0].train = 0;
    bad[1].test = -1;
    bad[2].inputs = 1;
    bad[3].padding_most = 35;
    bad[4].scale_coeff = NAN;
    bad[5].max_translation = 1e9;
    bad[6].iid_noise_scale = -1;
    static const char *const says[] = {
        "mnist1d: 0 training and 1000 test rows",
        "4000 training and -1 test rows",
        "1 inputs; want 2 to",
        "padding of 36 to 35",
        "scale_coeff is nan; want 0 to 2",
        "max_translation is 1e+09; want 0 to 72",
        "iid_noise_scale is -1; want 0 to 1000",
    };
    for (int i = 0; i < 7; i++) {
        dy_error err = { "" };
        dy_dataset data;
        cr_assert_not(dy_mnist1d_make(&data, &bad[i], &err), "case %d", i);
        help_says(&err, says[i]);
    }
}

Test(mnist1d, memory_may_be_short_at_any_take)
{
    dy_mnist1d_spec spec = dy_mnist1d_defaults();
    spec.train = 20, spec.test = 0;
    for (int64_t n = 1;; n++) {
        dy_error err = { "" };
        dy_dataset data;
        dy_arena_fail_at(n, false);
        bool ok = dy_mnist1d_make(&data, &spec, &err);
        dy_arena_fail_at(0, false);
        cr_assert(n < 50);
        if (ok) {
            cr_assert_geq(n, 7);
            dy_dataset_close(&data);
            break;
        }
        help_says(&err, "out of memory");
    }
}
