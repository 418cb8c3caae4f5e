/* store_read.c - one run out of the store.   SPDX-License-Identifier: MIT */
#include "record/samples.h"
#include "record/store_inside.h"

#include <math.h>
#include <string.h>

static const char READ[] = "read it";

bool dy_store_find(dy_store *store, const char *id, int64_t *run, dy_error *err)
{
    sqlite3_stmt *s = dy_store_prepare(store,
                                       "SELECT run FROM runs WHERE substr(id, 1, length(?1)) ="
                                       " ?1 LIMIT 2",
                                       READ, err);
    if (!s) return false;
    sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
    int rc = sqlite3_step(s);
    bool ok = rc == SQLITE_ROW;
    if (rc == SQLITE_DONE)
        dy_fail(err, "store %s: no run %.40s; 'derny runs' lists them", store->path, id);
    else if (!ok)
        dy_store_fail(store, READ, err);
    if (ok) *run = sqlite3_column_int64(s, 0);
    if (ok && sqlite3_step(s) == SQLITE_ROW)
        ok = dy_fail(err, "store %s: several runs begin with %.40s; give more of the id",
                     store->path, id);
    sqlite3_finalize(s);
    return ok;
}

static bool read_piece(dy_store *store, sqlite3_stmt *s, dy_tape *tape, dy_error *err)
{
    int64_t n = sqlite3_column_int64(s, 0);
    dy_bytes packed = { .at = (uint8_t *)sqlite3_column_blob(s, 1),
                        .n = sqlite3_column_bytes(s, 1) };
    if (n < 1 || n > DY_STORE_PIECE || n > dy_tape_room(tape) - dy_tape_len(tape))
        return dy_fail(err, "store %s: a tape's length is damaged", store->path);
    dy_arena arena = dy_arena_make(0);
    dy_sample *samples = dy_arena_take(&arena, n, sizeof *samples, err);
    bool ok = samples && (dy_samples_unpack(samples, n, packed, &arena, err) ||
                          dy_fail_in(err, "store %s: a tape is damaged", store->path));
    for (int64_t i = 0; ok && i < n; i++) dy_tape_push(tape, samples[i]);
    dy_arena_close(&arena);
    return ok;
}

static bool tape_length(dy_store *store, int64_t run, int64_t *len, dy_error *err)
{
    sqlite3_stmt *s =
        dy_store_prepare(store, "SELECT total(samples) FROM tapes WHERE run = ?", READ, err);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, run);
    bool ok = sqlite3_step(s) == SQLITE_ROW || dy_store_fail(store, READ, err);
    double total = sqlite3_column_double(s, 0);
    sqlite3_finalize(s);
    if (ok && !(total >= 0 && total < 1e12))
        return dy_fail(err, "store %s: a tape's length is damaged", store->path);
    *len = (int64_t)total;
    return ok;
}

bool dy_store_tape(dy_store *store, const char *id, dy_tape **tape, dy_arena *arena,
                   dy_error *err)
{
    int64_t run, len;
    *tape = NULL;
    if (!dy_store_find(store, id, &run, err) || !tape_length(store, run, &len, err))
        return false;
    if (len == 0) return true;
    void *memory = dy_arena_take(arena, (int64_t)dy_tape_size(len), 1, err);
    if (!memory) return false;
    *tape = dy_tape_init(memory, len);
    sqlite3_stmt *s = dy_store_prepare(
        store, "SELECT samples, packed FROM tapes WHERE run = ? ORDER BY piece", READ, err);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, run);
    int rc = SQLITE_ERROR;
    bool ok = true;
    while (ok && (rc = sqlite3_step(s)) == SQLITE_ROW) ok = read_piece(store, s, *tape, err);
    if (ok && rc != SQLITE_DONE) ok = dy_store_fail(store, READ, err);
    sqlite3_finalize(s);
    return ok;
}

static dy_mark mark_of(sqlite3_stmt *s)
{
    dy_mark mark = { .step = sqlite3_column_int64(s, 0),
                     .kind = sqlite3_column_int(s, 1) == DY_MARK_NOTE ? DY_MARK_NOTE
                                                                      : DY_MARK_SCORE };
    double none = (double)NAN;
    mark.loss = sqlite3_column_type(s, 2) == SQLITE_NULL ? none : sqlite3_column_double(s, 2);
    mark.accuracy =
        sqlite3_column_type(s, 3) == SQLITE_NULL ? none : sqlite3_column_double(s, 3);
    const char *text = (const char *)sqlite3_column_text(s, 4);
    snprintf(mark.text, sizeof mark.text, "%s", text ? text : "");
    return mark;
}

static bool count_marks(dy_store *store, int64_t run, int64_t *n, dy_error *err)
{
    sqlite3_stmt *s =
        dy_store_prepare(store, "SELECT count(*) FROM marks WHERE run = ?", READ, err);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, run);
    bool ok = sqlite3_step(s) == SQLITE_ROW || dy_store_fail(store, READ, err);
    *n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return ok;
}

bool dy_store_marks(dy_store *store, const char *id, dy_mark **marks, int64_t *n,
                    dy_arena *arena, dy_error *err)
{
    int64_t run, room;
    if (!dy_store_find(store, id, &run, err) || !count_marks(store, run, &room, err) ||
        !(*marks = dy_arena_take(arena, room, sizeof **marks, err)))
        return false;
    sqlite3_stmt *s = dy_store_prepare(store,
                                       "SELECT step, kind, loss, accuracy, text FROM marks"
                                       " WHERE run = ? ORDER BY number",
                                       READ, err);
    if (!s) return false;
    sqlite3_bind_int64(s, 1, run);
    int rc;
    *n = 0;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && *n < room) (*marks)[(*n)++] = mark_of(s);
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || dy_store_fail(store, READ, err);
    sqlite3_finalize(s);
    return ok;
}

static double real_or_nan(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(s, i);
}

static dy_known known_of(sqlite3_stmt *s)
{
    dy_known known = { .yield = { .known = true,
                                  .updates = sqlite3_column_int64(s, 2),
                                  .seconds = sqlite3_column_double(s, 3),
                                  .train_loss = real_or_nan(s, 4),
                                  .test_loss = real_or_nan(s, 5),
                                  .test_accuracy = real_or_nan(s, 6) } };
    const char *id = (const char *)sqlite3_column_text(s, 0);
    const char *status = (const char *)sqlite3_column_text(s, 1);
    snprintf(known.id, sizeof known.id, "%s", id ? id : "");
    snprintf(known.yield.id, sizeof known.yield.id, "%s", known.id);
    bool diverged = status && strcmp(status, dy_status_name(DY_DIVERGED)) == 0;
    known.yield.status = diverged ? DY_DIVERGED : DY_DONE;
    return known;
}

#define POINTS " FROM runs WHERE sweep IS NOT NULL AND status IN ('done', 'diverged')"

bool dy_store_known(dy_store *store, const dy_known **known, int64_t *n, dy_arena *arena,
                    dy_error *err)
{
    int64_t room = 0;
    sqlite3_stmt *s = dy_store_prepare(store, "SELECT count(*)" POINTS, READ, err);
    if (!s) return false;
    bool ok = sqlite3_step(s) == SQLITE_ROW || dy_store_fail(store, READ, err);
    room = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    dy_known *all = ok ? dy_arena_take(arena, room, sizeof *all, err) : NULL;
    if (!all) return false;
    s = dy_store_prepare(store,
                         "SELECT id, status, updates, seconds, train_loss, test_loss, "
                         "test_accuracy" POINTS " ORDER BY id",
                         READ, err);
    if (!s) return false;
    int rc;
    *n = 0;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && *n < room) all[(*n)++] = known_of(s);
    ok = rc == SQLITE_ROW || rc == SQLITE_DONE || dy_store_fail(store, READ, err);
    sqlite3_finalize(s);
    *known = all;
    return ok;
}
