/* store.c - the file: found, opened, laid out, checked; and what every question to SQLite shares.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "record/store_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    APPLICATION = 0x44724e79, /* in the file's header: whose it is */
    PATIENCE_MS = 30000,      /* for another process that is writing */
};

/* Element i brings a store of version i to version i + 1. Only ever append: files of all versions are out there. */
static const char *const UPGRADES[] = {
    "CREATE TABLE scripts (script INTEGER PRIMARY KEY, path TEXT NOT NULL, text TEXT NOT NULL,"
    "  UNIQUE (path, text));"
    "CREATE TABLE runs (run INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    "  sweep TEXT, point TEXT, status TEXT NOT NULL, steps INTEGER NOT NULL,"
    "  epoch_steps INTEGER NOT NULL, batch INTEGER NOT NULL, seed TEXT NOT NULL,"
    "  race INTEGER NOT NULL, lane INTEGER NOT NULL, data TEXT NOT NULL, model TEXT NOT NULL,"
    "  optimizer TEXT NOT NULL, schedule TEXT NOT NULL, updates INTEGER NOT NULL,"
    "  seconds REAL NOT NULL, train_loss REAL, test_loss REAL, test_accuracy REAL, why TEXT,"
    "  engine TEXT NOT NULL, started REAL NOT NULL, script INTEGER REFERENCES scripts);"
    "CREATE INDEX runs_sweep ON runs (sweep);"
    "CREATE TABLE tapes (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    "  piece INTEGER NOT NULL, samples INTEGER NOT NULL, packed BLOB NOT NULL,"
    "  PRIMARY KEY (run, piece)) WITHOUT ROWID;"
    "CREATE TABLE marks (run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    "  number INTEGER NOT NULL, step INTEGER NOT NULL, kind INTEGER NOT NULL, loss REAL,"
    "  accuracy REAL, text TEXT, PRIMARY KEY (run, number)) WITHOUT ROWID;",
};

enum { VERSION = sizeof UPGRADES / sizeof *UPGRADES };

bool dy_store_path(char *path, size_t size, dy_error *err)
{
    const char *named = getenv("DERNY_STORE");
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    int n;
    if (named && *named)
        n = snprintf(path, size, "%s", strcmp(named, "none") == 0 ? "" : named);
    else if (data && data[0] == '/')
        n = snprintf(path, size, "%s/derny/derny.db", data);
    else if (home && *home)
        n = snprintf(path, size, "%s/.local/share/derny/derny.db", home);
    else
        return dy_fail(err, "store: HOME and XDG_DATA_HOME are not set; name a store with "
                            "--store FILE, or go without with --no-store");
    return n < (int)size || dy_fail(err, "store: its path is too long");
}

bool dy_store_fail(dy_store *store, const char *doing, dy_error *err)
{
    const char *path = store->path;
    switch (sqlite3_errcode(store->db) & 0xff) {
    case SQLITE_FULL: return dy_fail(err, "store %s: cannot %s: the disk is full", path, doing);
    case SQLITE_READONLY:
    case SQLITE_PERM: return dy_fail(err, "store %s: cannot %s: it is read-only", path, doing);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return dy_fail(err, "store %s: cannot %s: another process has been writing for %d s",
                       path, doing, PATIENCE_MS / 1000);
    case SQLITE_CORRUPT:
        return dy_fail(err,
                       "store %s: cannot %s: the file is damaged; sqlite3's .recover may save "
                       "what is left",
                       path, doing);
    case SQLITE_NOTADB: return dy_fail(err, "store %s: not a store of Derny's", path);
    case SQLITE_CANTOPEN:
        return dy_fail(err, "store %s: cannot be opened (%s)", path,
                       strerror(sqlite3_system_errno(store->db)));
    default:
        return dy_fail(err, "store %s: cannot %s (%s)", path, doing, sqlite3_errmsg(store->db));
    }
}

bool dy_store_run(dy_store *store, const char *sql, const char *doing, dy_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           dy_store_fail(store, doing, err);
}

sqlite3_stmt *dy_store_prepare(dy_store *store, const char *sql, const char *doing,
                               dy_error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        dy_store_fail(store, doing, err);
    return statement;
}

bool dy_store_finish(dy_store *store, sqlite3_stmt *statement, const char *doing, dy_error *err)
{
    if (!statement) return false;
    bool ok = sqlite3_step(statement) == SQLITE_DONE || dy_store_fail(store, doing, err);
    sqlite3_finalize(statement);
    return ok;
}

/* Every folder on the way to the file. */
static bool make_folders(const char *path, dy_error *err)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0777) && errno != EEXIST)
            return dy_fail(err, "store %s: cannot make the folder %s (%s)", path, folder,
                           strerror(errno));
        *slash = '/';
    }
    return true;
}

static bool number(dy_store *store, const char *sql, int64_t *value, dy_error *err)
{
    sqlite3_stmt *s = dy_store_prepare(store, sql, "read it", err);
    if (!s) return false;
    bool ok = sqlite3_step(s) == SQLITE_ROW || dy_store_fail(store, "read it", err);
    *value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return ok;
}

/* The file's version; 0: it is empty. */
static bool read_version(dy_store *store, int64_t *version, dy_error *err)
{
    int64_t application, tables;
    if (!number(store, "PRAGMA application_id", &application, err) ||
        !number(store, "PRAGMA user_version", version, err) ||
        !number(store, "SELECT count(*) FROM sqlite_schema", &tables, err))
        return false;
    if (application != APPLICATION && (application != 0 || tables > 0))
        return dy_fail(err, "store %s: a database, but not a store of Derny's", store->path);
    if (*version > VERSION || *version < 0)
        return dy_fail(err,
                       "store %s: of version %lld, from a newer Derny; this one knows up to "
                       "%d. Use the newer one, or another --store FILE",
                       store->path, (long long)*version, VERSION);
    return true;
}

/* In one transaction, which a second process that opens the same new file waits for. */
static bool upgrade(dy_store *store, dy_error *err)
{
    int64_t version;
    char sql[64];
    bool ok = read_version(store, &version, err);
    if (!ok || version == VERSION) return ok;
    ok = dy_store_run(store, "BEGIN IMMEDIATE", "bring it up to date", err) &&
         read_version(store, &version, err);
    for (int64_t v = version; ok && v < VERSION; v++)
        ok = dy_store_run(store, UPGRADES[v], "bring it up to date", err);
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             APPLICATION, VERSION);
    ok = ok && dy_store_run(store, sql, "bring it up to date", err) &&
         dy_store_run(store, "COMMIT", "bring it up to date", err);
    if (!ok) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return ok;
}

static bool open_file(dy_store *store, const char *path, int flags, dy_error *err)
{
    snprintf(store->path, sizeof store->path, "%s", path);
    int rc = sqlite3_open_v2(path, &store->db, flags, NULL);
    if (!store->db) return dy_fail(err, "store %s: out of memory", path);
    if (rc != SQLITE_OK) return dy_store_fail(store, "open it", err);
    sqlite3_busy_timeout(store->db, PATIENCE_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

static dy_store *take(dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_store *store = dy_arena_take(&arena, 1, sizeof *store, err);
    if (store) store->arena = arena;
    return store;
}

bool dy_store_open(dy_store **store, const char *path, dy_error *err)
{
    if (!make_folders(path, err)) return false;
    dy_store *made = take(err);
    if (!made) return false;
    if (open_file(made, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) &&
        dy_store_run(made, "PRAGMA foreign_keys = ON", "open it", err) && upgrade(made, err) &&
        dy_store_run(made, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", "open it",
                     err)) {
        *store = made;
        return true;
    }
    dy_store_close(made);
    return false;
}

bool dy_store_view(dy_store **store, const char *path, dy_error *err)
{
    struct stat info;
    int64_t version;
    if (stat(path, &info))
        return dy_fail(err, "store %s: %s; 'derny run' makes one", path, strerror(errno));
    dy_store *made = take(err);
    if (!made) return false;
    if (open_file(made, path, SQLITE_OPEN_READONLY, err) && read_version(made, &version, err)) {
        if (version == VERSION) {
            *store = made;
            return true;
        }
        dy_fail(err, "store %s: an older Derny's; 'derny run --store' brings it up to date",
                path);
    }
    dy_store_close(made);
    return false;
}

void dy_store_close(dy_store *store)
{
    if (!store) return;
    sqlite3_close_v2(store->db);
    dy_arena arena = store->arena;
    dy_arena_close(&arena);
}

bool dy_store_begin(dy_store *store, dy_error *err)
{
    return dy_store_run(store, "BEGIN IMMEDIATE", "write to it", err);
}

bool dy_store_commit(dy_store *store, dy_error *err)
{
    return dy_store_run(store, "COMMIT", "write to it", err);
}

void dy_store_rollback(dy_store *store)
{
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

bool dy_store_check(dy_store *store, dy_error *err)
{
    sqlite3_stmt *s = dy_store_prepare(store, "PRAGMA integrity_check(1)", "check it", err);
    if (!s) return false;
    bool ok = sqlite3_step(s) == SQLITE_ROW || dy_store_fail(store, "check it", err);
    const char *says = ok ? (const char *)sqlite3_column_text(s, 0) : NULL;
    if (ok && (!says || strcmp(says, "ok") != 0))
        ok = dy_fail(err, "store %s: damaged: %s", store->path, says ? says : "unknown");
    sqlite3_finalize(s);
    return ok;
}

bool dy_store_limit(dy_store *store, int64_t pages, dy_error *err)
{
    int64_t used;
    char sql[80];
    if (!number(store, "PRAGMA page_count", &used, err)) return false;
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %lld",
             pages > 0 ? (long long)(used + pages) : 1073741823LL);
    return dy_store_run(store, sql, "bound it", err);
}
