/* caption.c - see caption.h.   SPDX-License-Identifier: MIT */
#include "lua/caption.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT_MAX = 4000
}; /* bytes; what a function was sampled to may have a key for each step */

/* The run's number, a newline, and the text. */
void dy_caption_send(int fd, int32_t run, const dy_spec *spec, const dy_plan *plan)
{
    char text[TEXT_MAX] = "";
    FILE *out = fmemopen(text, sizeof text, "w");
    if (!out) return;
    fprintf(out, "%d\n", run);
    dy_spec_describe(spec, plan, out);
    fclose(out);
    text[sizeof text - 1] = '\0';
    dy_message_send(fd, DY_MESSAGE_SAY, text, strlen(text));
}

bool dy_caption_read(const dy_message *message, int32_t *run, const char **text)
{
    char *end;
    long i = strtol(message->text, &end, 10);
    if (message->kind != DY_MESSAGE_SAY || end == message->text || *end != '\n' || i < 0 ||
        i > INT32_MAX)
        return false;
    *run = (int32_t)i;
    *text = end + 1;
    return true;
}
