/* weights_file.h - a network's weights in a safetensors file, as PyTorch has those of an nn.Sequential.
 *
 * Sequential(Linear, activation, Linear, ...), with a Dropout behind each activation where the network has dropout: so the
 * first layer is "0.weight" [out x in] and "0.bias" [out], the next "2.weight" (or "3.weight"), and so on.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/mlp.h"
#include "record/safetensors.h"

/* The texts are kept with the weights. Fails as dy_safetensors_write does. */
bool dy_weights_write(const char *path, const dy_mlp_spec *model, const float *flat,
                      const dy_named_text *texts, int64_t n_texts, dy_error *err);

/* Layers and widths of the network in a file, and its weights in the order of learn/weights.h, in `arena`. The names may be any
 * that end in ".weight" and ".bias", in their natural order ("2.bias" before "10.bias"). Fails as dy_safetensors_read does, and
 * where the tensors are not those of Linear layers that follow each other; says which. */
bool dy_weights_read(dy_mlp_spec *shape, float **flat, dy_arena *arena, const char *path,
                     dy_error *err);

/* "nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))"; fills `to` (cut if short) and returns it. */
char *dy_weights_sequential(const dy_mlp_spec *model, char *to, size_t size);
