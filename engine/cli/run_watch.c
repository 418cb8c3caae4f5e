/* run_watch.c - see run_watch.h.   SPDX-License-Identifier: MIT */
#include "cli/run_watch.h"

#include "base/clock.h"

#include <errno.h>
#include <string.h>

static const double WINDOW_TICK_S = 1.0 / 60;

bool dy_watch_open(dy_watch *watch, const dy_run_options *options, dy_error *err)
{
    *watch = (dy_watch){ .options = options };
    if (!options->trace) return true;
    watch->trace = fopen(options->trace, "w");
    return watch->trace || dy_fail(err, "--trace %s: %s", options->trace, strerror(errno));
}

static void close_window(dy_watch *watch)
{
    dy_live_close(watch->live);
    watch->live = NULL;
}

void dy_watch_close(dy_watch *watch)
{
    close_window(watch);
    if (watch->trace) fclose(watch->trace);
    watch->trace = NULL;
}

static bool wants_window(const dy_run_options *options)
{
    return !options->no_window && !options->find && dy_live_wanted();
}

/* To all of the first race. */
static void order(dy_board *board, dy_act act)
{
    const dy_order order = { .act = act, .lane = DY_EVERY_LANE, .run = -1 };
    dy_board_order(board, &order, NULL, 0);
}

void dy_watch_prepare(const dy_watch *watch, dy_board *board)
{
    if (watch->options->hold && wants_window(watch->options)) order(board, DY_ACT_PAUSE);
}

static void open_window(dy_watch *watch)
{
    dy_error err;
    const dy_run_options *options = watch->options;
    dy_live_spec spec = {
        .script = options->script, .scale = options->scale, .trace = watch->trace, .self = watch
    };
    if (!wants_window(options)) return;
    if (dy_live_open(&watch->live, &spec, &err)) return;
    fprintf(stderr, "derny: warning: %s; going on without a window\n", err.text);
}

void dy_watch_begin(dy_watch *watch, dy_board *board)
{
    bool first = !watch->show.board;
    watch->show = dy_show_make(board, watch->options->quiet, watch->keeper);
    if (first) open_window(watch);
    if (watch->live)
        dy_live_begin(watch->live, board);
    else if (watch->options->hold)
        order(board, DY_ACT_GO); /* nobody is there to say it */
}

/* --- the desk's callbacks ----------------------------------------------------------------------------------------- */

static void on_message(void *self, const dy_message *message)
{
    dy_watch *w = self;
    dy_show_message(&w->show, message);
    if (w->live && message->kind != DY_MESSAGE_PRINT)
        dy_live_say(w->live, message->text, message->len, message->kind == DY_MESSAGE_ERROR);
}

/* A closed window is gone at once; what is left to be done is not seen. */
static dy_wish heed(dy_watch *w, dy_live_wish wish)
{
    switch (wish) {
    case DY_LIVE_END: return DY_WISH_END;
    case DY_LIVE_RESTART: w->restart = true; return DY_WISH_END;
    case DY_LIVE_CLOSE: close_window(w); return DY_WISH_STOP;
    case DY_LIVE_DETACH: close_window(w); return DY_WISH_GO_ON;
    case DY_LIVE_GO_ON: break;
    }
    return DY_WISH_GO_ON;
}

static dy_wish on_tick(void *self)
{
    dy_watch *w = self;
    dy_show_tick(&w->show);
    return w->live ? heed(w, dy_live_tick(w->live, dy_now_s())) : DY_WISH_GO_ON;
}

dy_desk_spec dy_watch_desk(dy_watch *watch)
{
    return (dy_desk_spec){ .patience_s = watch->options->bounds.patience_s,
                           .tick_s = watch->live ? WINDOW_TICK_S : 0,
                           .self = watch,
                           .on_message = on_message,
                           .on_tick = on_tick };
}

/* --- afterwards --------------------------------------------------------------------------------------------------- */

static dy_wish on_idle_tick(void *self)
{
    dy_watch *w = self;
    heed(w, dy_live_tick(w->live, dy_now_s()));
    return w->live && !w->restart ? DY_WISH_GO_ON : DY_WISH_STOP;
}

void dy_watch_linger(dy_watch *watch, const dy_verdict *verdict, bool failed)
{
    bool signalled = verdict->ending == DY_ENDED_INTERRUPTED && !verdict->by_hand;
    bool nothing = dy_board_len(watch->show.board) == 0 && !failed;
    if (!watch->live || watch->restart || signalled || nothing) return;
    dy_live_end(watch->live,
                failed             ? "failed"
                : verdict->by_hand ? "stopped"
                                   : "done",
                verdict->text, failed);
    dy_desk_spec idle = { .tick_s = WINDOW_TICK_S, .self = watch, .on_tick = on_idle_tick };
    dy_desk_linger(&idle);
}
