/* message.c - frames whole, in pieces, malformed, too long.   SPDX-License-Identifier: MIT */
#include "lab/message.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static dy_message message; /* 64 KB each */
static dy_inbox inbox;

static int open_inbox(void)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    inbox = (dy_inbox){ .fd = ends[0] };
    return ends[1];
}

Test(message, arrives_as_sent)
{
    static const struct {
        dy_message_kind kind;
        const char *text;
        size_t len;
    } cases[] = {
        { DY_MESSAGE_PRINT, "hello\n", 6 },
        { DY_MESSAGE_SAY, "", 0 },
        { DY_MESSAGE_WARN, "nul\0inside", 10 },
        { DY_MESSAGE_ERROR, "last word", 9 },
    };

    int out = open_inbox();
    for (int i = 0; i < 4; i++)
        dy_message_send(out, cases[i].kind, cases[i].text, cases[i].len);
    for (int i = 0; i < 4; i++) {
        cr_assert(dy_inbox_next(&inbox, &message));
        cr_assert_eq(message.kind, cases[i].kind);
        cr_assert_eq(message.len, cases[i].len);
        cr_assert_eq(memcmp(message.text, cases[i].text, cases[i].len), 0);
        cr_assert_eq(message.text[message.len], '\0');
    }
    cr_assert_not(dy_inbox_next(&inbox, &message));
    cr_assert_not(inbox.closed);
    close(out);
    cr_assert_not(dy_inbox_next(&inbox, &message));
    cr_assert(inbox.closed && !inbox.broken);
}

Test(message, arrives_byte_by_byte)
{
    int out = open_inbox();
    const uint32_t frame[] = { DY_MESSAGE_SAY, 4 };
    char bytes[12];
    memcpy(bytes, frame, 8);
    memcpy(bytes + 8, "four", 4);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 12; i++) {
            cr_assert_not(dy_inbox_next(&inbox, &message));
            cr_assert_eq(write(out, bytes + i, 1), 1);
        }
        cr_assert(dy_inbox_next(&inbox, &message));
        cr_assert_str_eq(message.text, "four");
    }
}

Test(message, half_a_frame_at_the_end_is_dropped)
{
    for (size_t n = 1; n < 12; n++) {
        int out = open_inbox();
        const uint32_t frame[] = { DY_MESSAGE_SAY, 4, 0 };
        cr_assert_eq(write(out, frame, n), (ssize_t)n);
        close(out);
        cr_assert_not(dy_inbox_next(&inbox, &message));
        cr_assert(inbox.closed && !inbox.broken, "after %zu bytes", n);
        close(inbox.fd);
    }
}

Test(message, what_is_no_frame_breaks_the_inbox)
{
    static const uint32_t bad[][2] = {
        { DY_MESSAGES, 0 },
        { UINT32_MAX, 0 },
        { DY_MESSAGE_PRINT, DY_MESSAGE_MAX + 1 },
        { DY_MESSAGE_PRINT, UINT32_MAX },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int out = open_inbox();
        dy_message_send(out, DY_MESSAGE_PRINT, "good", 4);
        cr_assert_eq(write(out, bad[i], sizeof bad[i]), (ssize_t)sizeof bad[i]);
        dy_message_send(out, DY_MESSAGE_PRINT, "lost", 4);
        cr_assert(dy_inbox_next(&inbox, &message));
        cr_assert_str_eq(message.text, "good");
        cr_assert_not(dy_inbox_next(&inbox, &message));
        cr_assert(inbox.closed && inbox.broken, "case %zu", i);
        cr_assert_not(dy_inbox_next(&inbox, &message));
        close(out);
        close(inbox.fd);
    }
}

enum { LONG = 200000 };

static char long_text[LONG], received[LONG];

/* The pipe is smaller than the text: a child sends, with a write end that must not or may block. */
static void check_long_text(int flags)
{
    int out = open_inbox();
    pid_t pid = fork();
    if (pid == 0) {
        fcntl(out, F_SETFL, flags);
        dy_message_send(out, DY_MESSAGE_PRINT, long_text, LONG);
        _exit(0);
    }
    close(out);
    size_t n = 0;
    int frames = 0;
    while (!inbox.closed) {
        if (!dy_inbox_next(&inbox, &message)) continue;
        cr_assert_leq(n + message.len, (size_t)LONG);
        cr_assert_neq((unsigned char)message.text[0] & 0xc0, 0x80, "cut within a character");
        memcpy(received + n, message.text, message.len);
        n += message.len;
        frames++;
    }
    waitpid(pid, NULL, 0);
    cr_assert_eq(n, LONG);
    cr_assert_geq(frames, 4);
    cr_assert_eq(memcmp(received, long_text, LONG), 0);
    close(inbox.fd);
}

Test(message, long_text_goes_as_several, .timeout = 60)
{
    /* three bytes a character, so that no power of two is a border */
    for (int i = 0; i < LONG; i++) long_text[i] = "\xe2\x82\xac"[i % 3];
    check_long_text(0);
    check_long_text(O_NONBLOCK);
}

Test(message, bytes_that_are_no_characters_go_all_the_same)
{
    int out = open_inbox();
    fcntl(out, F_SETPIPE_SZ, 1 << 20);
    memset(long_text, 0x80, LONG);
    dy_message_send(out, DY_MESSAGE_PRINT, long_text, LONG);
    size_t n = 0;
    while (dy_inbox_next(&inbox, &message)) n += message.len;
    cr_assert_eq(n, LONG);
}

Test(message, nobody_listening_is_no_error)
{
    signal(SIGPIPE, SIG_IGN);
    int out = open_inbox();
    close(inbox.fd);
    dy_message_send(out, DY_MESSAGE_PRINT, "hello", 5);
    dy_message_send(-1, DY_MESSAGE_PRINT, "hello", 5);
}

Test(message, unknown_kind_is_an_internal_error, .signal = SIGABRT)
{
    dy_message_send(1, DY_MESSAGES, "", 0);
}
