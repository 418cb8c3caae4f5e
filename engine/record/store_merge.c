/* store_merge.c - another store's runs into this one.   SPDX-License-Identifier: MIT */
#include "record/store_inside.h"

#include <string.h>

static const char MERGE[] = "merge into it";

/* What both have and one of them has not finished goes the way of the finished one. Rows of the same id and another
 * result are conflicts. A tape is a function of what the id names, so equal results need no second look. */
static const char CHOOSE[] =
    "CREATE TEMP TABLE IF NOT EXISTS coming (theirs INTEGER PRIMARY KEY, ours INTEGER);"
    "DELETE FROM coming;"
    "INSERT INTO coming SELECT t.run, o.run FROM other.runs t LEFT JOIN runs o ON o.id = t.id"
    "  WHERE o.run IS NULL OR (o.status NOT IN ('done', 'diverged')"
    "                          AND t.status IN ('done', 'diverged'));"
    "DELETE FROM runs WHERE run IN (SELECT ours FROM coming);";

static const char COPY[] =
    "INSERT OR IGNORE INTO scripts (path, text) SELECT path, text FROM other.scripts;"
    "INSERT INTO runs (id, name, sweep, point, status, steps, epoch_steps, batch, seed, race,"
    "    lane, data, model, optimizer, schedule, updates, seconds, train_loss, test_loss,"
    "    test_accuracy, why, engine, started, script)"
    "  SELECT id, name, sweep, point, status, steps, epoch_steps, batch, seed, race, lane, "
    "data,"
    "    model, optimizer, schedule, updates, seconds, train_loss, test_loss, test_accuracy, "
    "why,"
    "    engine, started,"
    "    (SELECT s.script FROM scripts s JOIN other.scripts o USING (path, text)"
    "     WHERE o.script = r.script)"
    "  FROM other.runs r WHERE run IN (SELECT theirs FROM coming) ORDER BY run;"
    "INSERT INTO tapes SELECT o.run, piece, samples, packed FROM other.tapes t"
    "  JOIN coming ON theirs = t.run JOIN other.runs r ON r.run = t.run"
    "  JOIN runs o ON o.id = r.id;"
    "INSERT INTO marks SELECT o.run, number, step, kind, loss, accuracy, text"
    "  FROM other.marks t JOIN coming ON theirs = t.run JOIN other.runs r ON r.run = t.run"
    "  JOIN runs o ON o.id = r.id;";

static bool attach(dy_store *store, const char *from, dy_error *err)
{
    dy_store *other; /* opened by itself first: is it a store, and of this version? */
    if (!dy_store_view(&other, from, err)) return false;
    dy_store_close(other);
    sqlite3_stmt *s = dy_store_prepare(store, "ATTACH ? AS other", MERGE, err);
    if (s) sqlite3_bind_text(s, 1, from, -1, SQLITE_STATIC);
    return dy_store_finish(store, s, MERGE, err);
}

static bool count_conflicts(dy_store *store, dy_merged *merged, dy_error *err)
{
    sqlite3_stmt *s = dy_store_prepare(
        store,
        "SELECT id FROM runs o JOIN other.runs t USING (id)"
        " WHERE o.status IN ('done', 'diverged') AND t.status IN ('done', 'diverged')"
        " AND (o.status, o.updates, o.train_loss, o.test_loss, o.test_accuracy)"
        " IS NOT (t.status, t.updates, t.train_loss, t.test_loss, t.test_accuracy)",
        MERGE, err);
    if (!s) return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        const char *id = (const char *)sqlite3_column_text(s, 0);
        if (merged->conflicts++ == 0)
            snprintf(merged->conflict, sizeof merged->conflict, "%s", id ? id : "");
    }
    bool ok = rc == SQLITE_DONE || dy_store_fail(store, MERGE, err);
    sqlite3_finalize(s);
    return ok;
}

static bool count(dy_store *store, const char *sql, int64_t *n, dy_error *err)
{
    sqlite3_stmt *s = dy_store_prepare(store, sql, MERGE, err);
    if (!s) return false;
    bool ok = sqlite3_step(s) == SQLITE_ROW || dy_store_fail(store, MERGE, err);
    *n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return ok;
}

static bool merge(dy_store *store, dy_merged *merged, dy_error *err)
{
    int64_t all;
    return count_conflicts(store, merged, err) && dy_store_run(store, CHOOSE, MERGE, err) &&
           count(store, "SELECT count(*) FROM coming", &merged->added, err) &&
           count(store, "SELECT count(*) FROM other.runs", &all, err) &&
           dy_store_run(store, COPY, MERGE, err) &&
           (merged->known = all - merged->added - merged->conflicts, true);
}

bool dy_store_merge(dy_store *store, const char *from, dy_merged *merged, dy_error *err)
{
    *merged = (dy_merged){ 0 };
    if (!attach(store, from, err)) return false;
    bool ok =
        dy_store_begin(store, err) && merge(store, merged, err) && dy_store_commit(store, err);
    if (!ok) dy_store_rollback(store);
    sqlite3_exec(store->db, "DETACH other", NULL, NULL, NULL);
    return ok;
}
