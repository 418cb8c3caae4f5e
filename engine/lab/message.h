/* message.h - the pipe from lab to desk, for what is rare: printed text, errors, captions.
 *
 * Frames of a kind, a length and that many bytes. The desk believes neither: lengths are bounded, unknown kinds are an error.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

typedef enum dy_message_kind {
    DY_MESSAGE_PRINT,   /* what the script printed */
    DY_MESSAGE_SAY,     /* a caption for whoever watches */
    DY_MESSAGE_ERROR,   /* why the script failed: the lab's last word */
    DY_MESSAGE_WARN,    /* a hint that something is probably not meant */
    DY_MESSAGE_NOTE,    /* what is worth knowing, though often meant */
    DY_MESSAGE_WEIGHTS, /* a network's, in several (weights_sent.h) */
    DY_MESSAGES,
} dy_message_kind;

enum { DY_MESSAGE_MAX = 1 << 16 }; /* bytes in one; longer text goes as several */

typedef struct dy_message {
    dy_message_kind kind;
    size_t len;
    char text[DY_MESSAGE_MAX + 1]; /* NUL behind the last byte */
} dy_message;

/* Sends whole, waiting while the pipe is full. Does nothing when the desk has gone (SIGPIPE is the caller's to ignore).
 * Longer text is cut between characters. threads: one at a time */
void dy_message_send(int fd, dy_message_kind kind, const char *text, size_t len);

/* The same of a formatted text, cut at some 700 bytes. */
void dy_message_say(int fd, dy_message_kind kind, const char *format, ...) DY_PRINTF(3, 4);

/* Reads frames as bytes come in; starts as { .fd = ... }. */
typedef struct dy_inbox {
    int fd;
    size_t at, used; /* of the bytes: read so far, filled so far */
    bool closed;     /* the other end is gone and all is read, or: */
    bool broken;     /* something came that is no frame */
    char bytes[DY_MESSAGE_MAX + 64];
} dy_inbox;

/* true: *message is the next one. false and not closed: nothing whole there now (fd is non-blocking). A malformed
 * frame closes the inbox and breaks it. */
bool dy_inbox_next(dy_inbox *inbox, dy_message *message);
