/* store_ask.c - questions to the store.
 *
 * A question is SQL that a person writes, over a view in which the parameters of sweeps are columns like any other. It is
 * read with an authorizer that lets it read runs and nothing else, so that the worst it can do is to be wrong.
 *
 * SPDX-License-Identifier: MIT */
#include "record/store_inside.h"

#include <string.h>

static const char READ[] = "read it";

/* The columns of a run, as they are asked for and shown. */
static const char *const COLUMNS[] = {
    "id",         "name",    "sweep",   "status",    "test_accuracy", "test_loss",
    "train_loss", "updates", "seconds", "steps",     "epoch_steps",   "batch",
    "seed",       "data",    "model",   "optimizer", "schedule",      "why",
    "engine",     "started", "run",
};

enum { N_COLUMNS = sizeof COLUMNS / sizeof *COLUMNS };

static bool is_column(const char *name)
{
    for (int i = 0; i < N_COLUMNS; i++)
        if (sqlite3_stricmp(name, COLUMNS[i]) == 0) return true;
    return false;
}

bool dy_store_columns(dy_store *store, dy_arena *arena, const char **names, int *n,
                      dy_error *err)
{
    memcpy(names, COLUMNS, sizeof COLUMNS);
    *n = N_COLUMNS;
    sqlite3_stmt *s = dy_store_prepare(store,
                                       "SELECT DISTINCT key FROM runs, json_each(point)"
                                       " WHERE point IS NOT NULL ORDER BY key",
                                       READ, err);
    if (!s) return false;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW && *n < DY_COLUMNS_MOST) {
        const char *key = (const char *)sqlite3_column_text(s, 0);
        if (!key || is_column(key) || strchr(key, '"')) continue; /* no name for a column */
        if (!(names[*n] = dy_arena_text(arena, key, err))) break;
        ++*n;
    }
    bool ok = rc == SQLITE_DONE || rc == SQLITE_ROW || dy_store_fail(store, READ, err);
    sqlite3_finalize(s);
    return ok;
}

/* "SELECT id, ..., point ->> 'max_lr' AS "max_lr" FROM runs": what a question is put to. */
static void write_view(sqlite3_str *out, const char *const *names, int n)
{
    sqlite3_str_appendall(out, "WITH r AS MATERIALIZED (SELECT ");
    for (int i = 0; i < N_COLUMNS; i++)
        sqlite3_str_appendf(out, "%s\"%w\"", i > 0 ? ", " : "", names[i]);
    for (int i = N_COLUMNS; i < n; i++)
        sqlite3_str_appendf(out, ", point ->> '$.\"%q\"' AS \"%w\"", names[i], names[i]);
    sqlite3_str_appendall(out, " FROM runs) ");
}

/* A line break ends what might be a comment in a person's part. */
static void write_conditions(sqlite3_str *out, const dy_query *query)
{
    if (query->where) sqlite3_str_appendf(out, " WHERE (%s\n)", query->where);
    if (query->sort)
        sqlite3_str_appendf(out, " ORDER BY (%s\n) %s NULLS LAST, run", query->sort,
                            query->falling ? "DESC" : "ASC");
    else
        sqlite3_str_appendall(out, " ORDER BY run");
    if (query->limit > 0) sqlite3_str_appendf(out, " LIMIT %lld", (long long)query->limit);
}

/* Reading the runs, functions of values, and nothing else. */
static int authorize(void *self, int action, const char *a, const char *b, const char *database,
                     const char *view)
{
    (void)self, (void)database, (void)view;
    bool read = action == SQLITE_READ && a && (strcmp(a, "runs") == 0 || strcmp(a, "r") == 0);
    bool function = action == SQLITE_FUNCTION && b && strcmp(b, "load_extension") != 0;
    return action == SQLITE_SELECT || read || function ? SQLITE_OK : SQLITE_DENY;
}

/* The statement of a question; `what` of it is wanted. NULL: it is none. */
static sqlite3_stmt *prepare(dy_store *store, const dy_query *query, const char *what,
                             const char *const *names, int n, dy_error *err)
{
    sqlite3_str *out = sqlite3_str_new(store->db);
    write_view(out, names, n);
    sqlite3_str_appendf(out, "SELECT %s FROM r", what);
    write_conditions(out, query);
    char *sql = sqlite3_str_finish(out);
    sqlite3_stmt *s = NULL;
    const char *rest = "";
    sqlite3_set_authorizer(store->db, authorize, NULL);
    int rc = sql ? sqlite3_prepare_v2(store->db, sql, -1, &s, &rest) : SQLITE_NOMEM;
    sqlite3_set_authorizer(store->db, NULL, NULL);
    if (!sql) {
        dy_fail(err, "store %s: out of memory", store->path);
    } else if (rc != SQLITE_OK) {
        dy_fail(err,
                "not a condition on runs: %s; it uses the names of columns and parameters, as "
                "in max_lr > 0.1 AND status = 'done'",
                sqlite3_errmsg(store->db));
    } else if (*rest) {
        sqlite3_finalize(s);
        s = NULL;
        dy_fail(err, "not a condition on runs: one expression is wanted, without ';'");
    }
    sqlite3_free(sql);
    return s;
}

static dy_cell cell_of(sqlite3_stmt *s, int i)
{
    switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER:
        return (dy_cell){ .kind = DY_CELL_WHOLE,
                          .whole = sqlite3_column_int64(s, i),
                          .real = sqlite3_column_double(s, i) };
    case SQLITE_FLOAT:
        return (dy_cell){ .kind = DY_CELL_REAL, .real = sqlite3_column_double(s, i) };
    case SQLITE_TEXT:
        return (dy_cell){ .kind = DY_CELL_TEXT,
                          .text = (const char *)sqlite3_column_text(s, i) };
    default: return (dy_cell){ .kind = DY_CELL_NONE };
    }
}

bool dy_store_ask(dy_store *store, const dy_query *query, dy_row_fn *row, void *self,
                  dy_error *err)
{
    const char *names[DY_COLUMNS_MOST];
    int n;
    dy_arena arena = dy_arena_make(0);
    sqlite3_stmt *s = NULL;
    if (dy_store_columns(store, &arena, names, &n, err))
        s = prepare(store, query, "*", names, n, err);
    int rc = SQLITE_ERROR;
    bool more = s != NULL;
    while (more && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        dy_cell cells[DY_COLUMNS_MOST];
        for (int i = 0; i < n; i++) cells[i] = cell_of(s, i);
        more = row(self, cells, n);
    }
    bool ok = s && (!more || rc == SQLITE_DONE || dy_store_fail(store, READ, err));
    sqlite3_finalize(s);
    dy_arena_close(&arena);
    return ok;
}

/* The rows that answer, as numbers into a table of their own. */
static bool select_into(dy_store *store, const dy_query *query, dy_error *err)
{
    const char *names[DY_COLUMNS_MOST];
    int n;
    dy_arena arena = dy_arena_make(0);
    sqlite3_stmt *found = NULL, *keep = NULL;
    bool ok = dy_store_columns(store, &arena, names, &n, err) &&
              dy_store_run(store,
                           "CREATE TEMP TABLE IF NOT EXISTS chosen (run INTEGER PRIMARY KEY);"
                           "DELETE FROM chosen",
                           READ, err) &&
              (found = prepare(store, query, "run", names, n, err)) &&
              (keep = dy_store_prepare(store, "INSERT INTO chosen VALUES (?)", READ, err));
    int rc = SQLITE_DONE;
    while (ok && (rc = sqlite3_step(found)) == SQLITE_ROW) {
        sqlite3_bind_int64(keep, 1, sqlite3_column_int64(found, 0));
        ok = sqlite3_step(keep) == SQLITE_DONE || dy_store_fail(store, READ, err);
        sqlite3_reset(keep);
    }
    if (ok && rc != SQLITE_DONE) ok = dy_store_fail(store, READ, err);
    sqlite3_finalize(found);
    sqlite3_finalize(keep);
    dy_arena_close(&arena);
    return ok;
}

bool dy_store_forget(dy_store *store, const dy_query *query, int64_t *n, dy_error *err)
{
    static const char DROP[] = "forget runs";
    if (!dy_store_begin(store, err)) return false;
    bool ok = select_into(store, query, err) &&
              dy_store_run(store, "DELETE FROM runs WHERE run IN (SELECT run FROM chosen)",
                           DROP, err);
    *n = ok ? sqlite3_changes(store->db) : 0;
    ok = ok &&
         dy_store_run(store,
                      "DELETE FROM scripts WHERE script NOT IN"
                      " (SELECT script FROM runs WHERE script IS NOT NULL)",
                      DROP, err) &&
         dy_store_commit(store, err);
    if (!ok) dy_store_rollback(store);
    return ok;
}
