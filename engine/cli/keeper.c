/* keeper.c - see keeper.h.   SPDX-License-Identifier: MIT */
#include "cli/keeper.h"

#include "base/digest.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const double again_s = 5; /* after trouble: until the next try */

enum { ID_DIGITS = 32 };

static double seconds_since_1970(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

bool dy_keeper_open(dy_keeper *keeper, const char *store, const char *script, const char *text,
                    dy_error *err)
{
    char path[4096];
    *keeper = (dy_keeper){ 0 };
    if (store)
        snprintf(path, sizeof path, "%s", store);
    else if (!dy_store_path(path, sizeof path, err))
        return false;
    if (!path[0]) return true;
    if (!dy_store_open(&keeper->store, path, err)) return false;
    keeper->arena = dy_arena_make(0);
    keeper->origin = (dy_origin){ .script = script,
                                  .text = text,
                                  .engine = "derny " DY_VERSION,
                                  .started = seconds_since_1970() };
    return true;
}

bool dy_keeper_known(dy_keeper *keeper, const dy_known **known, int64_t *n, dy_error *err)
{
    *known = NULL;
    *n = 0;
    return !keeper->store || dy_store_known(keeper->store, known, n, &keeper->arena, err);
}

static bool is_hex(const char *text, size_t n)
{
    return strspn(text, "0123456789abcdef") == n && text[n] == '\0';
}

/* What nothing names, like a run that a person steered, is one of a kind. */
static void id_of(const dy_keeper *keeper, const dy_run_view *run, char id[ID_DIGITS + 1])
{
    uint8_t sum[DY_DIGEST_BYTES];
    dy_digest digest;
    memcpy(id, run->outcome->id, ID_DIGITS);
    id[ID_DIGITS] = '\0';
    if (is_hex(id, ID_DIGITS)) return;
    dy_digest_init(&digest);
    dy_digest_real(&digest, keeper->origin.started);
    dy_digest_whole(&digest, getpid());
    dy_digest_whole(&digest, run->index);
    dy_digest_end(&digest, sum);
    dy_digest_hex(sum, ID_DIGITS / 2, id);
}

static bool is_over(const dy_run_view *run)
{
    return atomic_load_explicit(&run->outcome->status, memory_order_acquire) != DY_RUNNING;
}

static bool keep_one(dy_keeper *keeper, const dy_board *board, int32_t i, dy_error *err)
{
    dy_run_view run;
    char id[ID_DIGITS + 1];
    if (!dy_board_run(board, i, &run) || run.card->aside) return true;
    bool cut =
        run.card->sweep[0] && !run.outcome->id[0]; /* a point that will be trained again */
    if (cut) return true;
    id_of(keeper, &run, id);
    return dy_store_save(keeper->store, id, board, &run, &keeper->origin, err);
}

/* Runs end in about the order they begin in: the first that is not over holds up those behind it, until the last look. */
static int32_t count_over(const dy_keeper *keeper, const dy_board *board, bool last)
{
    int32_t n = keeper->done, len = dy_board_len(board);
    dy_run_view run;
    while (n < len && (last || !dy_board_run(board, n, &run) || is_over(&run))) n++;
    return n;
}

/* Points of a sweep are many and nobody looks at them again here; other runs are drawn and written at the end. */
static void drop_points(const dy_keeper *keeper, dy_board *board, int32_t to)
{
    int32_t from = keeper->done;
    dy_run_view run;
    for (int32_t i = from; i <= to; i++) {
        bool point = i < to && dy_board_run(board, i, &run) && run.card->sweep[0];
        if (point) continue;
        if (from < i) dy_board_drop(board, from, i);
        from = i + 1;
    }
}

static bool keep(dy_keeper *keeper, dy_board *board, int32_t to, dy_error *err)
{
    if (!dy_store_begin(keeper->store, err)) return false;
    bool ok = true;
    for (int32_t i = keeper->done; ok && i < to; i++) ok = keep_one(keeper, board, i, err);
    ok = ok && dy_store_commit(keeper->store, err);
    if (!ok) {
        dy_store_rollback(keeper->store);
        return false;
    }
    drop_points(keeper, board, to);
    keeper->done = to;
    return true;
}

bool dy_keeper_look(dy_keeper *keeper, dy_board *board, double now_s, dy_error *err)
{
    if (!keeper->store || (keeper->failing && now_s - keeper->troubled_s < again_s))
        return true;
    int32_t to = count_over(keeper, board, false);
    if (to == keeper->done) return true;
    bool said = keeper->failing;
    keeper->failing = !keep(keeper, board, to, err);
    keeper->troubled_s = now_s;
    return !keeper->failing || said ||
           dy_fail_in(err, "runs go on unrecorded and are kept later if that can be");
}

bool dy_keeper_close(dy_keeper *keeper, dy_board *board, dy_error *err)
{
    bool ok = true;
    if (keeper->store) {
        int32_t to = count_over(keeper, board, true);
        ok = to == keeper->done || keep(keeper, board, to, err);
        dy_store_close(keeper->store);
    }
    dy_arena_close(&keeper->arena);
    *keeper = (dy_keeper){ 0 };
    return ok;
}
