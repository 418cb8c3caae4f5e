/* store.h - finished runs, kept: one SQLite file for everything that Derny ever trained.
 *
 * Written by the desk only. A run is kept under its id, which names everything that decides its result, so that the
 * same run trained again is the same row, and a changed one another. What is saved is on the disk when the call returns;
 * several processes may use one store at once.
 * Not the tape that a run is followed by while it trains (see board.h), nor a cache: nothing is dropped but by
 * dy_store_forget.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "record/board.h"
#include "record/crew.h"

#include <stdio.h>

typedef struct dy_store dy_store;

/* $DERNY_STORE, else "$XDG_DATA_HOME/derny/derny.db", or in ~/.local/share; "" where $DERNY_STORE is "none". Fails when there
 * is neither HOME nor XDG_DATA_HOME. */
bool dy_store_path(char *path, size_t size, dy_error *err);

/* Opens the store, made when there is none (its folder, too) and brought up to date when an older Derny wrote it. Fails when
 * the file is no store, is damaged, belongs to a newer Derny, or cannot be written. */
bool dy_store_open(dy_store **store, const char *path, dy_error *err);

/* Opens one that exists, for reading; it may be read-only, and others may be writing it. */
bool dy_store_view(dy_store **store, const char *path, dy_error *err);
void dy_store_close(dy_store *store); /* NULL is fine */

/* What a run comes from, beside its card. */
typedef struct dy_origin {
    const char *script; /* its path, as given */
    const char *text;   /* its text; NULL: unknown */
    const char *engine; /* version and kernels that ran it */
    double started;     /* seconds since 1970 */
} dy_origin;

/* Several runs in one go: between the two, saves are on the disk together or not at all. Fails as save does. */
bool dy_store_begin(dy_store *store, dy_error *err);
bool dy_store_commit(dy_store *store, dy_error *err);
void dy_store_rollback(dy_store *store);

/* Keeps a run that is over under an id: card, outcome, marks, tape. A run of that id that is kept already and finished stays as it is;
 * one that was cut short is replaced. Fails when the disk is full, the file read-only or locked for 30 s; then nothing of
 * the run is kept, and the store is as before. */
bool dy_store_save(dy_store *store, const char *id, const dy_board *board,
                   const dy_run_view *run, const dy_origin *origin, dy_error *err);

/* Whether the run of that id is kept and finished (done or diverged). */
bool dy_store_finished(dy_store *store, const char *id, bool *finished, dy_error *err);

/* The finished points of all sweeps, [*n] in `arena` in the order of ids. */
bool dy_store_known(dy_store *store, const dy_known **known, int64_t *n, dy_arena *arena,
                    dy_error *err);

/* A question to the store: which runs, in what order. The names it may use are the columns of `derny runs` and the parameters
 * of sweeps. */
typedef struct dy_query {
    const char *where; /* an SQL expression; NULL: all */
    const char *sort;  /* an SQL expression; NULL: as they were kept */
    bool falling;
    int64_t limit; /* 0: none */
} dy_query;

/* One answer: as many values as the query has columns. Texts are good for the call. */
typedef struct dy_cell {
    enum { DY_CELL_NONE, DY_CELL_WHOLE, DY_CELL_REAL, DY_CELL_TEXT } kind;

    int64_t whole;
    double real;
    const char *text;
} dy_cell;

/* false: that is enough. */
typedef bool dy_row_fn(void *self, const dy_cell *cells, int n);

/* The columns' names into names[DY_COLUMNS_MOST] in `arena`: the fixed ones first, then the parameters that any kept run has. */
enum { DY_COLUMNS_MOST = 256 };

bool dy_store_columns(dy_store *store, dy_arena *arena, const char **names, int *n,
                      dy_error *err);

/* Calls `row` for each run that answers, with the columns above. Fails when the question is not one; says what is wrong
 * with it. */
bool dy_store_ask(dy_store *store, const dy_query *query, dy_row_fn *row, void *self,
                  dy_error *err);

/* The tape of a kept run, in memory of `arena`; NULL: it has none. `id` may be shortened as far as it is unambiguous.
 * Fails when there is no such run, several, or the tape is damaged. */
bool dy_store_tape(dy_store *store, const char *id, dy_tape **tape, dy_arena *arena,
                   dy_error *err);

/* Its marks, [*n] in `arena`. */
bool dy_store_marks(dy_store *store, const char *id, dy_mark **marks, int64_t *n,
                    dy_arena *arena, dy_error *err);

/* Drops the runs that answer; *n of them. */
bool dy_store_forget(dy_store *store, const dy_query *query, int64_t *n, dy_error *err);

/* Takes over what `from` has and this store has not. A run that both have finished, with other results, is a conflict: it stays as
 * it is here and is counted. Doing it twice changes nothing. */
typedef struct dy_merged {
    int64_t added, known, conflicts;
    char conflict[40]; /* the first one's id */
} dy_merged;

bool dy_store_merge(dy_store *store, const char *from, dy_merged *merged, dy_error *err);

/* Every page and index in order. Fails with what is not. */
bool dy_store_check(dy_store *store, dy_error *err);

/* The store may take `pages` more of 4 KiB and then says that the disk is full; 0: as many as the disk has. */
bool dy_store_limit(dy_store *store, int64_t pages, dy_error *err);
