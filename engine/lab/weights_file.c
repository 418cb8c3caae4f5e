/* weights_file.c - see weights_file.h.   SPDX-License-Identifier: MIT */
#include "lab/weights_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 32 };

static const char *const MODULES[DY_ACTIVATIONS] = {
    [DY_IDENTITY] = "nn.Identity()",
    [DY_RELU] = "nn.ReLU()",
    [DY_LEAKY_RELU] = "nn.LeakyReLU()",
    [DY_TANH] = "nn.Tanh()",
    [DY_SIGMOID] = "nn.Sigmoid()",
    [DY_GELU] = "nn.GELU()",
    [DY_SELU] = "nn.SELU()",
};

char *dy_weights_sequential(const dy_mlp_spec *model, char *to, size_t size)
{
    memset(to, 0, size);
    FILE *out = fmemopen(to, size - 1, "w");
    if (!out) return to;
    fputs("nn.Sequential(", out);
    for (int i = 0; i < model->n_layers; i++) {
        if (i > 0) fprintf(out, ", %s, ", MODULES[model->activation]);
        if (i > 0 && model->dropout > 0) fprintf(out, "nn.Dropout(%g), ", model->dropout);
        fprintf(out, "nn.Linear(%lld, %lld)", (long long)model->widths[i],
                (long long)model->widths[i + 1]);
    }
    fputs(")", out);
    fclose(out);
    return to;
}

/* ---- writing ---- */

bool dy_weights_write(const char *path, const dy_mlp_spec *model, const float *flat,
                      const dy_named_text *texts, int64_t n_texts, dy_error *err)
{
    char names[2 * DY_LAYERS_MAX][NAME];
    dy_named_tensor tensors[2 * DY_LAYERS_MAX];
    int apart = model->dropout > 0 ? 3 : 2; /* modules from one Linear to the next */
    float *at = (float *)flat;              /* which is only read */
    int64_t n = 0;
    for (int i = 0; i < model->n_layers; i++) {
        int64_t in = model->widths[i], out = model->widths[i + 1];
        snprintf(names[n], NAME, "%d.weight", apart * i);
        tensors[n] = (dy_named_tensor){ names[n], 2, { out, in }, at };
        n++;
        snprintf(names[n], NAME, "%d.bias", apart * i);
        tensors[n] = (dy_named_tensor){ names[n], 1, { out }, at + in * out };
        n++;
        at += (in + 1) * out;
    }
    dy_safetensors what = {
        .tensors = tensors, .n = n, .texts = (dy_named_text *)texts, .n_texts = n_texts
    };
    return dy_safetensors_write(path, &what, err);
}

/* ---- reading ---- */

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

/* Numbers within names count as numbers. */
static int natural(const char *a, const char *b)
{
    while (*a && *b) {
        if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
            char *a_end, *b_end;
            unsigned long long x = strtoull(a, &a_end, 10), y = strtoull(b, &b_end, 10);
            if (x != y) return x < y ? -1 : 1;
            a = a_end;
            b = b_end;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != 0) - (*b != 0);
}

static int by_name(const void *a, const void *b)
{
    return natural((*(const dy_named_tensor *const *)a)->name,
                   (*(const dy_named_tensor *const *)b)->name);
}

static const dy_named_tensor *bias_of(const dy_safetensors *file, const dy_named_tensor *weight)
{
    size_t n = strlen(weight->name) - strlen("weight");
    for (int64_t i = 0; i < file->n; i++) {
        const char *name = file->tensors[i].name;
        if (strncmp(name, weight->name, n) == 0 && strcmp(name + n, "bias") == 0)
            return &file->tensors[i];
    }
    return NULL;
}

/* The weights [n] in their order. */
static bool find_weights(const dy_safetensors *file, const dy_named_tensor **weights, int *n,
                         dy_error *err)
{
    *n = 0;
    for (int64_t i = 0; i < file->n; i++) {
        const dy_named_tensor *tensor = &file->tensors[i];
        bool weight = ends_with(tensor->name, ".weight"),
             bias = ends_with(tensor->name, ".bias");
        if (!weight && !bias)
            return dy_fail(err,
                           "tensor '%.80s' is none of a Linear layer, as 0.weight or 0.bias "
                           "are",
                           tensor->name);
        if (weight && *n == DY_LAYERS_MAX)
            return dy_fail(err, "more than %d layers", DY_LAYERS_MAX);
        if (weight) weights[(*n)++] = tensor;
    }
    if (*n == 0) return dy_fail(err, "no weights in it");
    if (file->n != 2 * (int64_t)*n)
        return dy_fail(err, "want a bias to each weight, and no more");
    qsort((void *)weights, (size_t)*n, sizeof(void *), by_name);
    return true;
}

static bool add_layer(dy_mlp_spec *shape, const dy_named_tensor *weight,
                      const dy_named_tensor *bias, dy_error *err)
{
    int i = shape->n_layers;
    if (weight->n_dims != 2)
        return dy_fail(err, "%.80s has %d dimensions; want 2, [out x in]", weight->name,
                       weight->n_dims);
    int64_t out = weight->dims[0], in = weight->dims[1];
    if (i > 0 && shape->widths[i] != in)
        return dy_fail(err, "%.80s takes %lld inputs, but the layer before it has %lld outputs",
                       weight->name, (long long)in, (long long)shape->widths[i]);
    if (!bias || bias->n_dims != 1 || bias->dims[0] != out)
        return dy_fail(err, "%.80s has no bias of %lld numbers", weight->name, (long long)out);
    shape->widths[i] = in;
    shape->widths[i + 1] = out;
    shape->n_layers++;
    return true;
}

static float *copy_numbers(float *to, const dy_named_tensor *tensor)
{
    int64_t size = dy_named_tensor_size(tensor);
    memcpy(to, tensor->at, (size_t)size * sizeof *to);
    return to + size;
}

static bool read_layers(const dy_safetensors *file, dy_mlp_spec *shape, float **flat,
                        dy_arena *arena, dy_error *err)
{
    const dy_named_tensor *weights[DY_LAYERS_MAX], *biases[DY_LAYERS_MAX];
    int n;
    *shape = (dy_mlp_spec){ 0 };
    if (!find_weights(file, weights, &n, err)) return false;
    for (int i = 0; i < n; i++) {
        biases[i] = bias_of(file, weights[i]);
        if (!add_layer(shape, weights[i], biases[i], err)) return false;
    }
    if (!dy_mlp_check(shape, err)) return false;
    float *at = dy_arena_take(arena, dy_mlp_parameters(shape), sizeof *at, err);
    if (!at) return false;
    *flat = at;
    for (int i = 0; i < n; i++) {
        at = copy_numbers(at, weights[i]);
        at = copy_numbers(at, biases[i]);
    }
    return true;
}

bool dy_weights_read(dy_mlp_spec *shape, float **flat, dy_arena *arena, const char *path,
                     dy_error *err)
{
    dy_safetensors file;
    dy_arena own = dy_arena_make(arena->limit);
    bool ok = dy_safetensors_read(&file, &own, path, err);
    if (ok && !read_layers(&file, shape, flat, arena, err)) ok = dy_fail_in(err, "%s", path);
    dy_arena_close(&own);
    return ok;
}
