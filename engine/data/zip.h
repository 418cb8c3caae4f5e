/* zip.h - one entry of a zip archive, checked. An internal header of data/, for NPZ.
 *
 * Stored and deflated entries only, below 4 GB; no encryption, no archive in parts.
 *
 * source: PKWARE, APPNOTE.TXT, 6.3
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/bytes.h"

/* The content of the entry `name`, unpacked if need be, its size and checksum compared. owns: `arena`. Fails when
 * there is no such entry (and names those there are), or the archive is damaged or lies about a size. */
bool dy_zip_read(dy_bytes *content, dy_arena *arena, dy_bytes archive, const char *name,
                 dy_error *err);
