/* store_inside.h - what the files of the store share. For store*.c only: SQLite is behind them and nowhere else.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/store.h"

#include <sqlite3.h>

struct dy_store {
    dy_arena arena; /* holds this struct */
    sqlite3 *db;
    char path[4096];
};

/* What SQLite says went wrong, as one clear message: where, what, what to do. Returns false. */
bool dy_store_fail(dy_store *store, const char *doing, dy_error *err);

/* Runs statements without answers. */
bool dy_store_run(dy_store *store, const char *sql, const char *doing, dy_error *err);

/* A statement, to be finalised; NULL: failed. */
sqlite3_stmt *dy_store_prepare(dy_store *store, const char *sql, const char *doing,
                               dy_error *err);

/* Steps a statement without answers to its end and finalises it; NULL has failed already. */
bool dy_store_finish(dy_store *store, sqlite3_stmt *statement, const char *doing,
                     dy_error *err);

/* The kept run that `id`, perhaps shortened, means. */
bool dy_store_find(dy_store *store, const char *id, int64_t *run, dy_error *err);

enum { DY_STORE_PIECE = 1 << 16 }; /* samples in one piece of a tape */
