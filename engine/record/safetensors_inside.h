/* safetensors_inside.h - the header of such a file. For safetensors.c and safetensors_header.c only.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/digest.h"
#include "record/safetensors.h"

enum { DY_SIGNATURE = 2 * DY_DIGEST_BYTES + 1 };

/* The header's JSON, with blanks behind it so that the numbers begin at a multiple of eight bytes. Lives in `arena`. */
char *dy_safetensors_format(const dy_safetensors *what, const char *signature, size_t *len,
                            dy_arena *arena, dy_error *err);

/* The other way, for so many bytes of numbers: fills everything but the numbers, which begin at `data`, and the signature ("": it
 * has none). Nothing in the text is believed. */
bool dy_safetensors_parse(dy_safetensors *what, const char *text, size_t len, int64_t bytes,
                          char signature[DY_SIGNATURE], dy_arena *arena, dy_error *err);

/* The digest of names, shapes, numbers and texts. */
void dy_safetensors_sign(const dy_safetensors *what, char signature[DY_SIGNATURE]);
