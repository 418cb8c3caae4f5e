/* terminal.c - see terminal.h.   SPDX-License-Identifier: MIT */
#include "cli/terminal.h"

#include "base/clock.h"
#include "base/text.h"

dy_terminal dy_terminal_make(dy_board *board, bool quiet, dy_workers *workers,
                             dy_keeper *keeper)
{
    return (dy_terminal){ .board = board,
                          .progress = dy_progress_make(stderr),
                          .quiet = quiet,
                          .workers = workers,
                          .keeper = keeper };
}

static void print_line(FILE *out, const char *before, const dy_message *message)
{
    fputs(before, out);
    dy_print_safe(out, message->text, message->len);
    if (message->len == 0 || message->text[message->len - 1] != '\n') fputc('\n', out);
}

void dy_terminal_message(void *self, const dy_message *message)
{
    dy_terminal *s = self;
    dy_progress_erase(&s->progress);
    switch (message->kind) {
    case DY_MESSAGE_PRINT:
        dy_print_safe(stdout, message->text, message->len);
        fflush(stdout);
        break;
    case DY_MESSAGE_ERROR: print_line(stderr, "derny: ", message); break;
    case DY_MESSAGE_WEIGHTS:
        if (s->weights) dy_weights_take(s->weights, message);
        break;
    case DY_MESSAGE_NOTE: print_line(stderr, "derny: note: ", message); break;
    case DY_MESSAGE_SAY: print_line(stderr, "derny: ", message); break;
    default: print_line(stderr, "derny: warning: ", message); break;
    }
}

void dy_terminal_tick(void *self)
{
    dy_terminal *s = self;
    dy_error err;
    double now_s = dy_now_s();
    if (!dy_keeper_look(s->keeper, s->board, now_s, &err)) {
        dy_progress_erase(&s->progress);
        fprintf(stderr, "derny: warning: %s\n", err.text);
    }
    dy_workers_tick(s->workers, now_s);
    char line[200];
    if (s->quiet) return;
    if (dy_workers_describe(s->workers, now_s, line, sizeof line))
        dy_progress_say(&s->progress, line, now_s);
    else
        dy_progress_draw(&s->progress, s->board, now_s);
}
