/* weights_file.c - a network's weights in a file, as PyTorch names them; and whose tensors are refused.
 *
 * SPDX-License-Identifier: MIT */
#include "lab/weights_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], path[96];
static dy_arena arena;
static const dy_mlp_spec MODEL = { .n_layers = 2,
                                   .widths = { 2, 3, 2 },
                                   .activation = DY_RELU };
static const float FLAT[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 };

static void set_up(void)
{
    strcpy(folder, "/tmp/derny-weights-XXXXXX");
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/w.safetensors", folder);
    arena = dy_arena_make(0);
}

static void clear_up(void)
{
    unlink(path);
    cr_expect_eq(rmdir(folder), 0);
    dy_arena_close(&arena);
}

TestSuite(weights_file, .init = set_up, .fini = clear_up);

Test(weights_file, there_and_back)
{
    dy_mlp_spec shape;
    dy_error err;
    float *flat;
    cr_assert(dy_weights_write(path, &MODEL, FLAT, NULL, 0, &err), "%s", err.text);
    cr_assert(dy_weights_read(&shape, &flat, &arena, path, &err), "%s", err.text);
    cr_expect(shape.n_layers == 2 &&
              memcmp(shape.widths, MODEL.widths, 3 * sizeof *shape.widths) == 0);
    cr_expect(memcmp(flat, FLAT, sizeof FLAT) == 0);
}

Test(weights_file, names_are_those_of_a_sequential)
{
    dy_safetensors file;
    dy_error err;
    char text[256];
    dy_mlp_spec model = MODEL;
    cr_assert(dy_weights_write(path, &model, FLAT, NULL, 0, &err));
    cr_assert(dy_safetensors_read(&file, &arena, path, &err));
    const dy_named_tensor *weight = dy_safetensors_find(&file, "0.weight");
    cr_assert(weight && weight->dims[0] == 3 && weight->dims[1] == 2, "[out x in]");
    cr_expect(dy_safetensors_find(&file, "2.bias"));
    cr_expect_str_eq(dy_weights_sequential(&model, text, sizeof text),
                     "nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2))");
    model.dropout = 0.5;
    model.activation = DY_GELU;
    cr_assert(dy_weights_write(path, &model, FLAT, NULL, 0, &err));
    cr_assert(dy_safetensors_read(&file, &arena, path, &err));
    cr_expect(dy_safetensors_find(&file, "3.weight") &&
              !dy_safetensors_find(&file, "2.weight"));
    cr_expect_str_eq(
        dy_weights_sequential(&model, text, sizeof text),
        "nn.Sequential(nn.Linear(2, 3), nn.GELU(), nn.Dropout(0.5), nn.Linear(3, 2))");
}

/* Layers of names whose natural order is not that of their bytes. */
Test(weights_file, layers_are_in_their_natural_order)
{
    dy_error err;
    dy_mlp_spec shape;
    float *flat, a[] = { 1, 2 }, b[] = { 3 }, c[] = { 4, 5 }, d[] = { 6, 7 };
    dy_named_tensor tensors[] = { { "net.10.weight", 2, { 2, 1 }, c },
                                  { "net.10.bias", 1, { 2 }, d },
                                  { "net.9.weight", 2, { 1, 2 }, a },
                                  { "net.9.bias", 1, { 1 }, b } };
    dy_safetensors what = { .tensors = tensors, .n = 4 };
    cr_assert(dy_safetensors_write(path, &what, &err), "%s", err.text);
    cr_assert(dy_weights_read(&shape, &flat, &arena, path, &err), "%s", err.text);
    cr_expect(shape.n_layers == 2 && shape.widths[0] == 2 && shape.widths[1] == 1);
    for (int i = 0; i < 7; i++) cr_expect_eq(flat[i], (float)(i + 1));
}

static void expect_refused(dy_named_tensor *tensors, int n, const char *why)
{
    dy_error err;
    dy_mlp_spec shape;
    float *flat;
    dy_safetensors what = { .tensors = tensors, .n = n };
    cr_assert(dy_safetensors_write(path, &what, &err), "%s", err.text);
    cr_expect_not(dy_weights_read(&shape, &flat, &arena, path, &err), "%s", why);
    cr_expect(strstr(err.text, why) && strstr(err.text, path), "%s", err.text);
}

Test(weights_file, tensors_of_something_else_are_refused)
{
    static float numbers[64];
    dy_named_tensor w = { "0.weight", 2, { 3, 2 }, numbers },
                    b = { "0.bias", 1, { 3 }, numbers };
    dy_named_tensor next = { "2.weight", 2, { 2, 4 }, numbers },
                    next_b = { "2.bias", 1, { 2 }, numbers };
    expect_refused(NULL, 0, "no weights in it");
    expect_refused((dy_named_tensor[]){ w }, 1, "a bias to each weight");
    expect_refused((dy_named_tensor[]){ w, b, { "1.running_mean", 1, { 3 }, numbers } }, 3,
                   "tensor '1.running_mean' is none of a Linear layer");
    expect_refused((dy_named_tensor[]){ { "0.weight", 4, { 3, 2, 1, 1 }, numbers }, b }, 2,
                   "0.weight has 4 dimensions; want 2");
    expect_refused((dy_named_tensor[]){ w, { "0.bias", 1, { 2 }, numbers } }, 2,
                   "0.weight has no bias of 3 numbers");
    expect_refused((dy_named_tensor[]){ w, { "1.bias", 1, { 3 }, numbers } }, 2,
                   "0.weight has no bias of 3 numbers");
    expect_refused((dy_named_tensor[]){ w, b, next, next_b }, 4,
                   "2.weight takes 4 inputs, but the layer before it has 3 outputs");
    expect_refused((dy_named_tensor[]){ { "0.weight", 2, { 0, 2 }, numbers },
                                        { "0.bias", 1, { 0 }, numbers } },
                   2, "layer 1 has 0 outputs");
}
