/* weights_sent.c - weights over the pipe, and what a lab that lies may send.   SPDX-License-Identifier: MIT */
#include "lab/weights_sent.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { IN = 300, OUT = 200, N = (IN + 1) * OUT };

static dy_weights_head head_of(int in, int out)
{
    dy_weights_head head = { .model = { .n_layers = 1, .widths = { in, out } }, .run = "a" };
    return head;
}

static void take(dy_weights_inbox *inbox, const void *bytes, size_t n)
{
    static dy_message message;
    message.kind = DY_MESSAGE_WEIGHTS;
    message.len = n;
    memcpy(message.text, bytes, n);
    dy_weights_take(inbox, &message);
}

/* More than a pipe or a frame holds, so a child sends. */
Test(weights_sent, they_arrive_bit_for_bit)
{
    static float flat[N];
    int ends[2];
    dy_message message;
    for (int i = 0; i < N; i++) flat[i] = (float)i / 7;
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dy_weights_head head = head_of(IN, OUT);
        dy_weights_send(ends[1], &head, flat);
        _exit(0);
    }
    close(ends[1]);
    dy_inbox *inbox = calloc(1, sizeof *inbox);
    cr_assert(inbox);
    inbox->fd = ends[0];
    dy_weights_inbox weights = { .arena = dy_arena_make(0) };
    while (dy_inbox_next(inbox, &message)) {
        cr_expect_eq(message.kind, DY_MESSAGE_WEIGHTS);
        cr_expect_not(dy_weights_whole(&weights));
        dy_weights_take(&weights, &message);
    }
    cr_assert(dy_weights_whole(&weights));
    cr_expect(memcmp(weights.flat, flat, sizeof flat) == 0);
    cr_expect_str_eq(weights.head.run, "a");
    dy_arena_close(&weights.arena);
    free(inbox);
    close(ends[0]);
}

Test(weights_sent, a_head_that_is_none_breaks_it)
{
    dy_weights_head bad[6];
    for (int i = 0; i < 6; i++) bad[i] = head_of(3, 2);
    bad[0].model.n_layers = 65;
    bad[1].model.widths[1] = -1;
    bad[2].model.activation = 99;
    bad[3].model.dropout = 2;
    memset(bad[4].run, 'x', sizeof bad[4].run);
    bad[5].model.init = 99;
    for (int i = 0; i < 6; i++) {
        dy_weights_inbox inbox = { .arena = dy_arena_make(0) };
        take(&inbox, &bad[i], sizeof bad[i]);
        cr_expect(inbox.broken, "%d", i);
        take(&inbox, "1234", 4);
        cr_expect_not(dy_weights_whole(&inbox));
        dy_arena_close(&inbox.arena);
    }
    dy_weights_inbox inbox = { .arena = dy_arena_make(0) };
    take(&inbox, "short", 5);
    cr_expect(inbox.broken);
}

Test(weights_sent, more_or_less_than_the_head_says_is_not_whole)
{
    static const float FLAT[9] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    dy_weights_head head = head_of(3, 2); /* 8 floats */
    dy_weights_inbox inbox = { .arena = dy_arena_make(0) };
    take(&inbox, &head, sizeof head);
    take(&inbox, FLAT, 7 * sizeof *FLAT);
    cr_expect_not(dy_weights_whole(&inbox));
    take(&inbox, FLAT, 2 * sizeof *FLAT);
    cr_expect(inbox.broken && !dy_weights_whole(&inbox));
    dy_arena_close(&inbox.arena);
}

Test(weights_sent, a_network_beyond_the_limit_takes_no_memory)
{
    dy_weights_head head = head_of(1 << 24, 1 << 24);
    dy_weights_inbox inbox = { .arena = dy_arena_make(1 << 20) };
    take(&inbox, &head, sizeof head);
    cr_expect(inbox.broken);
    dy_arena_close(&inbox.arena);
}
