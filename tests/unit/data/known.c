/* Where the well-known sets are looked for, and what is said when they are not there.
 *
 * The real files are read only where DERNY_DATA names a folder with them.   SPDX-License-Identifier: MIT */
#include "data/files.h"
#include "help.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

TestSuite(known, .init = help_make_folder, .fini = help_remove_folder);

/* A tiny "mnist" below the folder `root` of the test's own. */
static void write_set(const char *root)
{
    char name[128];

    const struct {
        const char *file;
        help_buffer content;
    } files[] = {
        { "train-images-idx3-ubyte", help_idx(3, (const int64_t[]){ 20, 2, 2 }, 256) },
        { "train-labels-idx1-ubyte", help_idx(1, (const int64_t[]){ 20 }, 10) },
        { "t10k-images-idx3-ubyte", help_idx(3, (const int64_t[]){ 3, 2, 2 }, 256) },
        { "t10k-labels-idx1-ubyte", help_idx(1, (const int64_t[]){ 3 }, 10) },
    };

    snprintf(name, sizeof name, "%s/mnist", root);
    mkdir(help_path(root), 0700);
    cr_assert(mkdir(help_path(name), 0700) == 0);
    for (int i = 0; i < 4; i++) {
        bool gz = i % 2 == 0; /* packed or not, both are found */
        snprintf(name, sizeof name, "%s/mnist/%s%s", root, files[i].file, gz ? ".gz" : "");
        help_buffer content = gz ? help_gzip(&files[i].content) : files[i].content;
        help_write(name, content.at, content.n);
    }
}

Test(known, each_folder_is_looked_in)
{
    static const struct {
        const char *variable, *value, *root;
    } cases[] = {
        { "DERNY_DATA", "a", "a" },
        { "XDG_DATA_HOME", "b", "b/derny" },
        { "HOME", "c", "c/.local/share/derny" },
    };

    for (int i = 0; i < 3; i++) {
        dy_error err;
        dy_dataset data;
        unsetenv("DERNY_DATA"), unsetenv("XDG_DATA_HOME"), unsetenv("HOME");
        setenv(cases[i].variable, help_path(cases[i].value), 1);
        mkdir(help_path("b"), 0700), mkdir(help_path("c"), 0700);
        mkdir(help_path("c/.local"), 0700), mkdir(help_path("c/.local/share"), 0700);
        write_set(cases[i].root);
        cr_assert(dy_known_read(&data, "mnist", 0, &err), "%s", err.text);
        cr_assert_str_eq(data.name, "MNIST");
        cr_assert_eq(data.train.rows, 20);
        cr_assert_eq(data.test.rows, 3);
        dy_dataset_close(&data);
    }
}

Test(known, the_message_names_folders_and_the_way_out)
{
    dy_error err;
    dy_dataset data;
    setenv("DERNY_DATA", "/nowhere/one", 1);
    setenv("XDG_DATA_HOME", "/nowhere/two", 1);
    setenv("HOME", "/nowhere/three", 1);
    cr_assert_not(dy_known_read(&data, "fashion-mnist", 0, &err));
    help_says(&err, "fashion-mnist is not here");
    help_says(&err, "scripts/fetch-data");
    help_says(&err, "set DERNY_DATA to the folder that holds fashion-mnist/");
    help_says(&err, "/nowhere/one/fashion-mnist, /nowhere/two/derny/fashion-mnist, "
                    "/nowhere/three/.local/share/derny/fashion-mnist");
    unsetenv("DERNY_DATA"), unsetenv("XDG_DATA_HOME"), unsetenv("HOME");
    cr_assert_not(dy_known_read(&data, "mnist", 0, &err));
    help_says(&err, "looked in no folder");
}

Test(known, a_missing_file_is_named)
{
    dy_error err;
    dy_dataset data;
    setenv("DERNY_DATA", help_path("a"), 1);
    write_set("a");
    cr_assert(remove(help_path("a/mnist/t10k-labels-idx1-ubyte")) == 0);
    cr_assert_not(dy_known_read(&data, "mnist", 0, &err));
    help_says(&err, "a/mnist/t10k-labels-idx1-ubyte.gz: No such file");
}

Test(known, unknown_names)
{
    dy_error err;
    dy_dataset data;
    cr_assert_not(dy_known_read(&data, "mnits", 0, &err));
    help_says(&err, "unknown data set 'mnits' (did you mean 'mnist'?)");
    cr_assert_not(dy_known_read(&data, "cifar", 0, &err));
    help_says(&err, "unknown data set 'cifar'; want mnist or fashion-mnist");
}

Test(known_real, the_real_ones, .timeout = 120) /* without the folder of the others */
{
    static const struct {
        const char *name, *title;
        int first_label;
    } sets[] = { { "mnist", "MNIST", 5 }, { "fashion-mnist", "Fashion-MNIST", 9 } };

    if (!getenv("DERNY_DATA"))
        cr_skip_test("DERNY_DATA is not set: the real files are not read");
    for (int i = 0; i < 2; i++) {
        dy_error err;
        dy_dataset data;
        cr_assert(dy_known_read(&data, sets[i].name, 0, &err), "%s", err.text);
        cr_assert_str_eq(data.name, sets[i].title);
        cr_assert_eq(data.train.rows, 60000);
        cr_assert_eq(data.test.rows, 10000);
        cr_assert_eq(data.inputs, 784);
        cr_assert_eq(data.outputs, 10);
        cr_assert_eq(data.train.labels[0], sets[i].first_label);
        dy_dataset_close(&data);
    }
}
