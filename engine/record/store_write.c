/* store_write.c - runs into the store, and out of it.   SPDX-License-Identifier: MIT */
#include "record/samples.h"
#include "record/store_inside.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char KEEP[] = "keep a run";

/* Texts and numbers are bound in the order in which they stand in the statement. */
typedef struct binder {
    sqlite3_stmt *statement;
    int at;
} binder;

static void bind_text(binder *b, const char *text)
{
    sqlite3_bind_text(b->statement, ++b->at, text, -1, SQLITE_TRANSIENT);
}

static void bind_some(binder *b, const char *text)
{
    if (text && text[0])
        bind_text(b, text);
    else
        sqlite3_bind_null(b->statement, ++b->at);
}

static void bind_whole(binder *b, int64_t value)
{
    sqlite3_bind_int64(b->statement, ++b->at, value);
}

/* What is no number is kept as none. */
static void bind_real(binder *b, double value)
{
    if (isnan(value))
        sqlite3_bind_null(b->statement, ++b->at);
    else
        sqlite3_bind_double(b->statement, ++b->at, value);
}

/* The script's row, made where it is new; 0: no text is known. */
static bool save_script(dy_store *store, const dy_origin *origin, int64_t *script,
                        dy_error *err)
{
    *script = 0;
    if (!origin->text) return true;
    binder b = { .statement =
                     dy_store_prepare(store,
                                      "INSERT INTO scripts (path, text) VALUES (?, ?)"
                                      " ON CONFLICT DO UPDATE SET path = path RETURNING script",
                                      KEEP, err) };
    if (!b.statement) return false;
    bind_text(&b, origin->script);
    bind_text(&b, origin->text);
    bool ok = sqlite3_step(b.statement) == SQLITE_ROW || dy_store_fail(store, KEEP, err);
    if (ok) *script = sqlite3_column_int64(b.statement, 0);
    sqlite3_finalize(b.statement);
    return ok;
}

static void bind_card(binder *b, const dy_card *card)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, card->seed);
    bind_text(b, card->name);
    bind_some(b, card->sweep);
    bind_some(b, card->point);
    bind_whole(b, card->steps);
    bind_whole(b, card->epoch_steps);
    bind_whole(b, card->batch);
    bind_text(b, seed);
    bind_whole(b, card->race);
    bind_whole(b, card->lane);
    bind_text(b, card->data);
    bind_text(b, card->model);
    bind_text(b, card->optimizer);
    bind_text(b, card->schedule);
}

static void bind_outcome(binder *b, const dy_outcome *outcome)
{
    char why[sizeof outcome->why + 1];
    snprintf(why, sizeof why, "%.*s", (int)sizeof outcome->why, outcome->why);
    bind_text(b, dy_status_name((dy_status)outcome->status));
    bind_whole(b, outcome->updates);
    bind_real(b, isfinite(outcome->seconds) ? outcome->seconds : 0);
    bind_real(b, outcome->train_loss);
    bind_real(b, outcome->test_loss);
    bind_real(b, outcome->test_accuracy);
    bind_some(b, why);
}

static bool save_row(dy_store *store, const char *id, const dy_run_view *run,
                     const dy_origin *origin, int64_t script, dy_error *err)
{
    binder b = { .statement = dy_store_prepare(
                     store,
                     "INSERT INTO runs (id, name, sweep, point, steps, epoch_steps, batch,"
                     " seed, race, lane, data, model, optimizer, schedule, status, updates,"
                     " seconds, train_loss, test_loss, test_accuracy, why, engine, started,"
                     " script) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                     KEEP, err) };
    if (!b.statement) return false;
    bind_text(&b, id);
    bind_card(&b, run->card);
    bind_outcome(&b, run->outcome);
    bind_text(&b, origin->engine);
    bind_real(&b, origin->started);
    if (script > 0)
        bind_whole(&b, script);
    else
        bind_some(&b, NULL);
    return dy_store_finish(store, b.statement, KEEP, err);
}

static bool save_piece(dy_store *store, int64_t row, const dy_tape *tape, int64_t piece,
                       int64_t n, dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_bytes packed;
    sqlite3_stmt *s = NULL;
    bool ok = dy_samples_pack(&packed, &arena, tape, piece * DY_STORE_PIECE, n, err) &&
              (s = dy_store_prepare(store, "INSERT INTO tapes VALUES (?, ?, ?, ?)", KEEP, err));
    if (ok) {
        sqlite3_bind_int64(s, 1, row);
        sqlite3_bind_int64(s, 2, piece);
        sqlite3_bind_int64(s, 3, n);
        sqlite3_bind_blob64(s, 4, packed.at, (sqlite3_uint64)packed.n, SQLITE_STATIC);
        ok = dy_store_finish(store, s, KEEP, err);
    }
    dy_arena_close(&arena);
    return ok;
}

static bool save_tape(dy_store *store, int64_t row, const dy_tape *tape, dy_error *err)
{
    int64_t len = dy_tape_len(tape);
    for (int64_t piece = 0; piece * DY_STORE_PIECE < len; piece++) {
        int64_t left = len - piece * DY_STORE_PIECE;
        int64_t n = left < DY_STORE_PIECE ? left : DY_STORE_PIECE;
        if (!save_piece(store, row, tape, piece, n, err)) return false;
    }
    return true;
}

static bool save_mark(dy_store *store, int64_t row, int64_t number, const dy_mark *mark,
                      dy_error *err)
{
    binder b = { .statement = dy_store_prepare(
                     store, "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?)", KEEP, err) };
    if (!b.statement) return false;
    char text[sizeof mark->text + 1];
    snprintf(text, sizeof text, "%.*s", (int)sizeof mark->text, mark->text);
    bind_whole(&b, row);
    bind_whole(&b, number);
    bind_whole(&b, mark->step);
    bind_whole(&b, mark->kind);
    bind_real(&b, mark->loss);
    bind_real(&b, mark->accuracy);
    bind_some(&b, text);
    return dy_store_finish(store, b.statement, KEEP, err);
}

static bool save_marks(dy_store *store, int64_t row, const dy_board *board,
                       const dy_run_view *run, dy_error *err)
{
    int64_t n = dy_board_marks(board, run->index);
    for (int64_t i = 0; i < n; i++)
        if (!save_mark(store, row, i, &run->marks[i], err)) return false;
    return true;
}

/* *kept: there is a finished run of that id. One that was cut short is dropped. */
static bool make_room(dy_store *store, const char *id, bool *kept, dy_error *err)
{
    if (!dy_store_finished(store, id, kept, err)) return false;
    if (*kept) return true;
    binder b = { .statement =
                     dy_store_prepare(store, "DELETE FROM runs WHERE id = ?", KEEP, err) };
    if (b.statement) bind_text(&b, id);
    return dy_store_finish(store, b.statement, KEEP, err);
}

static bool save_all(dy_store *store, const char *id, const dy_board *board,
                     const dy_run_view *run, const dy_origin *origin, dy_error *err)
{
    bool kept = false;
    int64_t script;
    if (!make_room(store, id, &kept, err)) return false;
    if (kept) return true;
    if (!save_script(store, origin, &script, err) ||
        !save_row(store, id, run, origin, script, err))
        return false;
    int64_t row = sqlite3_last_insert_rowid(store->db);
    return save_tape(store, row, run->tape, err) && save_marks(store, row, board, run, err);
}

bool dy_store_save(dy_store *store, const char *id, const dy_board *board,
                   const dy_run_view *run, const dy_origin *origin, dy_error *err)
{
    DY_ASSERT(id[0]);
    if (!dy_store_run(store, "SAVEPOINT run", KEEP, err)) return false;
    if (save_all(store, id, board, run, origin, err) &&
        dy_store_run(store, "RELEASE run", KEEP, err))
        return true;
    sqlite3_exec(store->db, "ROLLBACK TO run; RELEASE run", NULL, NULL, NULL);
    return false;
}

bool dy_store_finished(dy_store *store, const char *id, bool *finished, dy_error *err)
{
    sqlite3_stmt *s = dy_store_prepare(
        store, "SELECT 1 FROM runs WHERE id = ? AND status IN ('done', 'diverged')", "read it",
        err);
    if (!s) return false;
    sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
    int rc = sqlite3_step(s);
    *finished = rc == SQLITE_ROW;
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || dy_store_fail(store, "read it", err);
    sqlite3_finalize(s);
    return ok;
}
