/* safetensors.h - named float tensors in a file that PyTorch and others read, in the format safetensors.
 *
 * Eight bytes of length, a header in JSON, the numbers: F32, little endian, row by row. A file of ours appears whole or not at
 * all, has reached the disk when the call returns, and carries a digest of its content, so that a torn or damaged one is not taken
 * for a good one. Files of others need have none; but every rule of the format is checked, since a file is a stranger's.
 * source: https://github.com/huggingface/safetensors, README
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"

enum {
    DY_SAFETENSORS_DIMS = 8,
    DY_SAFETENSORS_HEADER = 1 << 24, /* bytes of the longest header that is read */
};

typedef struct dy_named_tensor {
    const char *name;
    int n_dims; /* 0: one number */
    int64_t dims[DY_SAFETENSORS_DIMS];
    float *at; /* [product of dims] */
} dy_named_tensor;

/* A text kept with the tensors ("__metadata__"). */
typedef struct dy_named_text {
    const char *name, *text;
} dy_named_text;

typedef struct dy_safetensors {
    dy_named_tensor *tensors; /* [n] */
    dy_named_text *texts;     /* [n_texts] without the digest */
    int64_t n, n_texts;
    bool signed_content; /* it carried a digest, which is right */
} dy_safetensors;

/* Elements of a tensor; -1 where that is no number of them. */
int64_t dy_named_tensor_size(const dy_named_tensor *tensor);

/* Writes the tensors in this order, the first one's numbers first. Names differ and are UTF-8. Fails when the file cannot be
 * written: what was there before stays. */
bool dy_safetensors_write(const char *path, const dy_safetensors *what, dy_error *err);

/* Reads all of it into `arena`, tensors in the order of their numbers. Fails on what is not such a file, on another type than F32,
 * on a digest that is not the content's, and when memory is short; says which file and why. */
bool dy_safetensors_read(dy_safetensors *what, dy_arena *arena, const char *path,
                         dy_error *err);

/* The same as bytes in memory, for whoever may write no file: of a file that somebody else writes, or has read. */
bool dy_safetensors_pack(const dy_safetensors *what, char **bytes, size_t *size,
                         dy_arena *arena, dy_error *err);
bool dy_safetensors_unpack(dy_safetensors *what, dy_arena *arena, const char *bytes,
                           size_t size, dy_error *err);

/* NULL: there is none of that name. */
const dy_named_tensor *dy_safetensors_find(const dy_safetensors *what, const char *name);
const char *dy_safetensors_text(const dy_safetensors *what, const char *name);
