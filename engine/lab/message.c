/* message.c - frames over a pipe.   SPDX-License-Identifier: MIT */
#include "lab/message.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct frame {
    uint32_t kind, len;
};

_Static_assert(sizeof(struct frame) + DY_MESSAGE_MAX <= sizeof(((dy_inbox *)0)->bytes),
               "the longest frame fits");

/* false: nobody will ever read it. */
static bool write_all(int fd, const void *from, size_t len)
{
    const char *at = from;
    while (len > 0) {
        ssize_t n = write(fd, at, len);
        if (n > 0) {
            at += n;
            len -= (size_t)n;
        } else if (n < 0 && errno == EAGAIN) {
            struct pollfd room = { .fd = fd, .events = POLLOUT };
            poll(&room, 1, -1);
        } else if (n < 0 && errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* The longest beginning of the text that goes into one frame and does not end within a character. */
static size_t piece(const char *text, size_t len)
{
    if (len <= DY_MESSAGE_MAX) return len;
    size_t n = DY_MESSAGE_MAX;
    while (n > DY_MESSAGE_MAX - 4 && ((unsigned char)text[n] & 0xc0) == 0x80) n--;
    return n;
}

void dy_message_send(int fd, dy_message_kind kind, const char *text, size_t len)
{
    DY_ASSERT((unsigned)kind < DY_MESSAGES);
    do {
        size_t n = piece(text, len);
        struct frame frame = { .kind = (uint32_t)kind, .len = (uint32_t)n };
        if (!write_all(fd, &frame, sizeof frame) || !write_all(fd, text, n)) return;
        text += n;
        len -= n;
    } while (len > 0);
}

void dy_message_say(int fd, dy_message_kind kind, const char *format, ...)
{
    char text[700];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dy_message_send(fd, kind, text, strlen(text));
}

/* Takes the next frame out of what has been read; false: it is not all there, or is no frame. */
static bool take(dy_inbox *inbox, dy_message *message)
{
    size_t there = inbox->used - inbox->at;
    struct frame frame;
    if (there < sizeof frame) return false;
    memcpy(&frame, inbox->bytes + inbox->at, sizeof frame);
    if (frame.kind >= DY_MESSAGES || frame.len > DY_MESSAGE_MAX) {
        inbox->broken = inbox->closed = true;
        return false;
    }
    if (there < sizeof frame + frame.len) return false;
    message->kind = (dy_message_kind)frame.kind;
    message->len = frame.len;
    memcpy(message->text, inbox->bytes + inbox->at + sizeof frame, frame.len);
    message->text[frame.len] = '\0';
    inbox->at += sizeof frame + frame.len;
    return true;
}

/* Reads more; false: there is none now. */
static bool fill(dy_inbox *inbox)
{
    memmove(inbox->bytes, inbox->bytes + inbox->at, inbox->used - inbox->at);
    inbox->used -= inbox->at;
    inbox->at = 0;
    ssize_t n;
    do n = read(inbox->fd, inbox->bytes + inbox->used, sizeof inbox->bytes - inbox->used);
    while (n < 0 && errno == EINTR);
    if (n == 0 || (n < 0 && errno != EAGAIN)) inbox->closed = true;
    if (n > 0) inbox->used += (size_t)n;
    return n > 0;
}

bool dy_inbox_next(dy_inbox *inbox, dy_message *message)
{
    while (!inbox->closed) {
        if (take(inbox, message)) return true;
        if (inbox->closed || !fill(inbox)) break;
    }
    return false;
}
