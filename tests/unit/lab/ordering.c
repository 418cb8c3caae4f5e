/* ordering.c - see ordering.h.   SPDX-License-Identifier: MIT */
#include "ordering.h"

#include "lab/message.h"
#include "schedule/curve_pack.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

int32_t addressed;

static dy_inbox inbox;

void post_order(const dy_order *order, const void *bytes, size_t n)
{
    cr_assert(dy_board_order(lab.board, order, bytes, n));
}

void post(dy_act act, int32_t lane, int64_t count, double value)
{
    dy_order order = {
        .act = act, .race = addressed, .lane = lane, .count = count, .value = value
    };
    post_order(&order, NULL, 0);
}

void post_curve(int32_t lane, dy_channel channel, const dy_curve *curve)
{
    static _Alignas(8) char bytes[1 << 20];
    size_t n = dy_curve_packed(curve);
    cr_assert_leq(n, sizeof bytes);
    dy_curve_pack(curve, bytes);
    dy_order order = {
        .act = DY_ACT_BEND, .race = addressed, .lane = lane, .channel = channel
    };
    post_order(&order, bytes, n);
}

void post_bend(int32_t lane, dy_channel channel, const dy_key *keys, int64_t n)
{
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    dy_error err;
    must(dy_curve_keys(&curve, &arena, keys, n, &err), &err);
    post_curve(lane, channel, &curve);
    dy_arena_close(&arena);
}

void post_line(int32_t lane, dy_channel channel, double value, double last)
{
    dy_key keys[] = { { 0, value, { 0 } }, { 24, last, { .kind = DY_EASE_LINEAR } } };
    post_bend(lane, channel, keys, 2);
}

double line_at(double value, double last, int64_t at)
{
    dy_ease ease = { .kind = DY_EASE_LINEAR };
    return dy_ease_at(ease, value, last, (double)at / 24);
}

bool edit_of(dy_act act, int k, dy_order *edit, const void **bytes, size_t *n)
{
    dy_log_reader reader = dy_board_edits(lab.board);
    while (dy_log_next(&reader, edit, bytes, n))
        if (edit->act == act && k-- == 0) return true;
    return false;
}

int count_edits(dy_act act)
{
    dy_log_reader reader = dy_board_edits(lab.board);
    dy_order edit;
    const void *bytes;
    size_t n;
    int count = 0;
    while (dy_log_next(&reader, &edit, &bytes, &n))
        count += act == DY_ACTS ? edit.act != DY_ACT_PLAN : edit.act == act;
    return count;
}

bool ghost_of(int32_t run, dy_channel channel, dy_curve *curve, dy_arena *arena)
{
    dy_log_reader reader = dy_board_edits(lab.board);
    dy_order edit;
    const void *bytes;
    size_t n;
    bool said = false, known = false;
    while (dy_log_next(&reader, &edit, &bytes, &n)) {
        if (edit.act != DY_ACT_PLAN || edit.run != run || edit.channel != channel) continue;
        dy_error err;
        said = true;
        known = n > 0;
        if (known) must(dy_curve_unpack(curve, arena, bytes, n, &err), &err);
    }
    cr_assert(said, "the board says nothing of run %d", run);
    return known;
}

void step(dy_session *session, int n)
{
    dy_error err;
    for (int i = 0; i < n; i++) must(dy_session_step(session, &err), &err);
}

void listen_to_lab(void)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    close(lab.out);
    lab.out = ends[1];
    inbox = (dy_inbox){ .fd = ends[0] };
}

int heard(char *to, size_t size)
{
    static dy_message message;
    int n = 0;
    for (; dy_inbox_next(&inbox, &message); n++) snprintf(to, size, "%s", message.text);
    return n;
}

dy_session *open_race(int lanes)
{
    static dy_spec plans[LANES_MAX];
    static struct setting s;
    static int32_t opened;
    plans[0] = one_cycle();
    for (int i = 1; i < lanes; i++) plans[i] = constant(0.05 * i);
    make_setting(&s, lanes, plans)->spec.number = opened++;
    return open_session(&s);
}

const dy_tape *tape_of(const dy_session *session, int lane)
{
    return dy_session_run(session, lane).tape;
}

void see_pause(void)
{
    while (!atomic_load(&dy_board_control(lab.board)->paused)) usleep(1000);
}

void *stop_all(void *self)
{
    see_pause();
    atomic_store(&dy_board_control(lab.board)->stop, 1);
    return self;
}

void step_beside(dy_session *session, void *(*person)(void *self), int n)
{
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, person, NULL), 0);
    step(session, n);
    pthread_join(thread, NULL);
    cr_expect_eq(atomic_load(&dy_board_control(lab.board)->paused), 0);
}
