/* steered.c - a live lab is steered at random moments; the script that is recorded of it then gives the same runs, bit for bit.
 *
 * steered [SEED]
 *
 * The orders come from a thread of the desk while the lab trains, so when they are heeded is anybody's guess. What was done
 * is written by the recorder of `derny run --record`, and run like any script.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "cli/recording.h"
#include "cli/run_lab.h"
#include "lab/desk.h"
#include "schedule/curve_pack.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char SCRIPT[] =
    "local derny = require 'derny'\n"
    "local data = derny.data.spirals { rows = 300 }\n"
    "derny.race { data = data, model = derny.mlp { 2, 6, 2, dropout = 0.1 },\n"
    "  batch = 16, steps = 40000, seed = 3, eval_every = 5000, optimizer = derny.adam {},\n"
    "  cycle = derny.one_cycle { max_lr = 0.02 }, own = function(t) return 0.01 end,\n"
    "  plateau = derny.plateau { lr = 0.01, patience = 0 } }\n";

enum { ORDERS = 60, STEPS = 40000, FORKS = 5 };

static dy_board *board;
static dy_rng rng;
static volatile bool over;

static void must(bool ok, const char *what)
{
    if (ok) return;
    printf("wrong: %s\n", what);
    exit(1);
}

/* --- the person ------------------------------------------------------------------------------------------------ */

static void order(dy_act act, int32_t lane, int64_t count)
{
    dy_order o = { .act = act, .lane = lane, .count = count };
    must(dy_board_order(board, &o, NULL, 0), "an order finds no room");
}

static void bend(int32_t lane)
{
    dy_error err;
    dy_arena arena = dy_arena_make(0);
    dy_key keys[] = { { 0, 0.02 * dy_rng_uniform(&rng), { 0 } },
                      { STEPS, 0.01 * dy_rng_uniform(&rng), { .kind = DY_EASE_COSINE } } };
    dy_curve curve;
    must(dy_curve_keys(&curve, &arena, keys, 2, &err), "a curve");
    _Alignas(8) char bytes[1024];
    dy_curve_pack(&curve, bytes);
    dy_order o = { .act = DY_ACT_BEND,
                   .lane = lane,
                   .channel = dy_rng_below(&rng, 3) ? DY_LR : DY_MOMENTUM };
    must(dy_board_order(board, &o, bytes, dy_curve_packed(&curve)), "an order finds no room");
    dy_arena_close(&arena);
}

/* Updates of the run that was added last. */
static int64_t how_far(void)
{
    dy_run_view run;
    int32_t n = dy_board_len(board);
    return n > 0 && dy_board_run(board, n - 1, &run) ? dy_tape_len(run.tape) : 0;
}

static void act_once(int *forks)
{
    int32_t lane = (int32_t)dy_rng_below(&rng, 3 + *forks);
    int64_t back = dy_rng_below(&rng, how_far() + 1);
    switch (dy_rng_below(&rng, 8)) {
    case 0: order(DY_ACT_PAUSE, -1, 0); break;
    case 1: order(DY_ACT_ADVANCE, -1, 1 + dy_rng_below(&rng, 500)); break;
    case 2: order(DY_ACT_REWIND, -1, back); break;
    case 3:
        if (++*forks > FORKS) break;
        order(DY_ACT_FORK, lane, back);
        bend(2 + *forks);
        break;
    case 4: bend(-1); break;
    default: bend(lane); break;
    }
    if (dy_rng_below(&rng, 2)) order(DY_ACT_GO, -1, 0);
}

static void *steer(void *self)
{
    int forks = 0;
    while (dy_board_len(board) < 3 && !over) usleep(1000);
    for (int i = 0; i < ORDERS && !over; i++) {
        usleep((useconds_t)dy_rng_below(&rng, 15000));
        act_once(&forks);
    }
    while (!over) { /* whatever it waits for */
        order(DY_ACT_GO, -1, 0);
        usleep(20000);
    }
    return self;
}

/* --- the lab --------------------------------------------------------------------------------------------------- */

static int messages;

static void on_message(void *self, const dy_message *message)
{
    (void)self;
    bool bad = message->kind == DY_MESSAGE_ERROR;
    if (bad || messages++ < 3) printf("the lab says: %s\n", message->text);
    must(!bad, "the lab failed");
}

static dy_wish on_tick(void *self)
{
    (void)self;
    return DY_WISH_GO_ON;
}

static void run(const char *path, const dy_run_options *options, void *(*person)(void *self))
{
    dy_error err;
    dy_run_folders folders;
    dy_lab_child child;
    dy_verdict verdict;
    dy_run_options own = *options;
    own.script = path;
    must(dy_board_open(&board, (size_t)1 << 30, &err), "a board");
    must(dy_run_folders_find(&folders, path, &err), "folders");
    dy_run_job job = { .options = &own, .folders = &folders };
    dy_walls walls = { .folders = folders.readable };
    dy_desk_spec desk = { .on_message = on_message, .on_tick = on_tick };
    must(dy_lab_start(&child, board, &walls, dy_run_lab, &job, &err), "a lab");
    pthread_t thread;
    over = false;
    if (person) must(pthread_create(&thread, NULL, person, NULL) == 0, "a thread");
    must(dy_desk_watch(&child, board, &desk, &verdict, &err), "a watch");
    over = true;
    if (person) pthread_join(thread, NULL);
    must(verdict.ending == DY_ENDED_OK, verdict.text);
}

static bool same(double x, double y)
{
    return x == y || (x != x && y != y);
}

static void compare_scores(const dy_board *a, const dy_board *b, const dy_run_view *x,
                           const dy_run_view *y)
{
    int64_t n = dy_board_marks(a, x->index);
    must(n == dy_board_marks(b, y->index), "there are as many marks");
    for (int64_t i = 0; i < n; i++)
        must(x->marks[i].step == y->marks[i].step && same(x->marks[i].loss, y->marks[i].loss),
             "marks are equal");
    must(same(x->outcome->test_loss, y->outcome->test_loss) &&
             same(x->outcome->train_loss, y->outcome->train_loss) &&
             atomic_load(&x->outcome->status) == atomic_load(&y->outcome->status),
         "outcomes are equal");
}

static void compare(const dy_board *a, const dy_board *b)
{
    int32_t n = dy_board_len(a);
    must(n == dy_board_len(b), "there are as many runs");
    for (int32_t i = 0; i < n; i++) {
        dy_run_view x, y;
        must(dy_board_run(a, i, &x) && dy_board_run(b, i, &y), "runs");
        must(dy_tape_len(x.tape) == dy_tape_len(y.tape), "tapes are as long");
        compare_scores(a, b, &x, &y);
        must(x.card->from == y.card->from && x.card->lane == y.card->lane, "cards are equal");
        for (int64_t k = 0; k < dy_tape_len(x.tape); k++) {
            dy_sample p = dy_tape_sample(x.tape, k), q = dy_tape_sample(y.tape, k);
            must(p.lr == q.lr && p.momentum == q.momentum &&
                     memcmp(&p.loss, &q.loss, sizeof p.loss) == 0,
                 "samples are the same bits");
        }
    }
}

static void count_edits(const dy_board *of)
{
    dy_log_reader reader = dy_board_edits(of);
    dy_order edit;
    const void *bytes;
    size_t n;
    int count[DY_ACTS] = { 0 };
    while (dy_log_next(&reader, &edit, &bytes, &n)) count[edit.act]++;
    for (int act = DY_ACT_PAUSE; act < DY_ACTS; act++)
        if (count[act]) printf("%d %s, ", count[act], dy_act_name((dy_act)act));
    printf("%d runs\n", (int)dy_board_len(of));
}

int main(int argc, char **argv)
{
    dy_error err;
    char folder[] = "/tmp/derny-steered-XXXXXX", script[64], recorded[64];
    rng = dy_rng_make((uint64_t)(argc > 1 ? strtoll(argv[1], NULL, 10) : getpid()), "person");
    must(mkdtemp(folder) != NULL, "a folder");
    snprintf(script, sizeof script, "%s/own.lua", folder);
    snprintf(recorded, sizeof recorded, "%s/recorded.lua", folder);
    FILE *out = fopen(script, "w");
    must(out && fputs(SCRIPT, out) >= 0 && fclose(out) == 0, "a script");
    dy_run_options options = { .script = script,
                               .text = SCRIPT,
                               .bounds = dy_bounds_defaults(),
                               .snapshots = (int64_t)4 << 20 };
    run(script, &options, steer);
    count_edits(board);
    dy_board *first = board;
    if (!dy_recording_write(recorded, &options, first, &err)) must(false, err.text);
    run(recorded, &options, NULL);
    compare(first, board);
    unlink(script);
    unlink(recorded);
    rmdir(folder);
    return 0;
}
