/* progress.c - see progress.h.   SPDX-License-Identifier: MIT */
#include "view/progress.h"

#include "base/text.h"
#include "view/standing.h"
#include "view/width.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const double TERMINAL_EVERY_S = 0.1;
static const double PLAIN_EVERY_S = 1;

enum { LEAST_COLUMNS = 20, USUAL_COLUMNS = 80, MOST_COLUMNS = 400 };

/* The parts of the line, left to right. */
typedef enum part { NAME, BAR, PERCENT, EPOCH, LOSS, LR, MOMENTUM, RATE, LEFT, PARTS } part;

typedef struct line {
    char text[PARTS][260]; /* empty: not shown */
    int bar_done;          /* bytes of the bar that are coloured */
} line;

static bool locale_is_utf8(void)
{
    static const char *const WHERE[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(WHERE[i]);
        if (!value || !value[0]) continue;
        const char *dot = strchr(value, '.');
        return dot && (strncasecmp(dot, ".utf-8", 6) == 0 || strncasecmp(dot, ".utf8", 5) == 0);
    }
    return false;
}

dy_progress dy_progress_make(FILE *out)
{
    const char *term = getenv("TERM");
    const char *no_colour = getenv("NO_COLOR");
    bool able = term && strcmp(term, "dumb") != 0;
    bool terminal = able && isatty(fileno(out));
    return (dy_progress){
        .out = out,
        .terminal = terminal,
        .colour = terminal && !(no_colour && no_colour[0]),
        .utf8 = locale_is_utf8(),
        .rate = dy_rate_make(),
    };
}

static int columns_of(const dy_progress *p)
{
    struct winsize size = { 0 };
    int columns = p->columns;
    if (columns == 0 && ioctl(fileno(p->out), TIOCGWINSZ, &size) == 0) columns = size.ws_col;
    if (columns == 0) columns = USUAL_COLUMNS;
    return columns < LEAST_COLUMNS  ? LEAST_COLUMNS
           : columns > MOST_COLUMNS ? MOST_COLUMNS
                                    : columns;
}

static void take_rate(dy_progress *p, const dy_standing *s, double now_s)
{
    if (p->race != s->race) p->rate = dy_rate_make();
    p->race = s->race;
    dy_rate_take(&p->rate, s->done, now_s);
}

static void fill_bar(line *l, double share, int cells, bool utf8)
{
    int full = (int)(share * cells);
    char *to = l->text[BAR];
    size_t used = 0;
    for (int i = 0; i < cells; i++) {
        const char *cell = i < full ? utf8 ? "━" : "#" : utf8 ? "─" : "-";
        size_t n = strlen(cell);
        if (used + n >= sizeof l->text[BAR]) break;
        memcpy(to + used, cell, n + 1);
        used += n;
        if (i < full) l->bar_done = (int)used;
    }
}

static void fill_name(line *l, const dy_standing *s)
{
    const dy_card *card = s->lead.card;
    char name[3 * sizeof card->name];
    dy_clean(name, sizeof name, card->name, sizeof card->name);
    if (s->lanes == 1)
        snprintf(l->text[NAME], sizeof l->text[NAME], "%s", name);
    else
        snprintf(l->text[NAME], sizeof l->text[NAME], "%" PRId32 " runs, best: %s", s->lanes,
                 name);
}

static void fill_place(line *l, const dy_standing *s)
{
    int64_t each = s->lead.card->epoch_steps;
    snprintf(l->text[PERCENT], sizeof l->text[PERCENT], "%3.0f %%",
             floor(100.0 * (double)s->done / (double)s->steps));
    if (each < 1) return;
    int64_t epochs = (s->steps - 1) / each + 1;
    int64_t epoch = s->done / each + 1;
    snprintf(l->text[EPOCH], sizeof l->text[EPOCH], "epoch %" PRId64 "/%" PRId64,
             epoch < epochs ? epoch : epochs, epochs);
}

static void fill_values(line *l, const dy_standing *s)
{
    int64_t len = dy_tape_len(s->lead.tape);
    if (len == 0) return;
    dy_sample last = dy_tape_sample(s->lead.tape, len - 1);
    char loss[32];
    if (isfinite(s->loss))
        snprintf(l->text[LOSS], sizeof l->text[LOSS], "loss %s",
                 dy_format_loss(loss, sizeof loss, s->loss));
    snprintf(l->text[LR], sizeof l->text[LR], "lr %.3g", last.lr);
    snprintf(l->text[MOMENTUM], sizeof l->text[MOMENTUM], "m %.3g", last.momentum);
}

static void fill_speed(line *l, const dy_standing *s, double rate)
{
    if (!(rate > 0)) return;
    char number[32];
    if (rate < 10)
        snprintf(number, sizeof number, "%.2g", rate);
    else
        dy_format_count(number, sizeof number, (int64_t)(rate + 0.5));
    snprintf(l->text[RATE], sizeof l->text[RATE], "%s updates/s", number);
    double left_s = (double)(s->steps - s->done) / rate;
    if (left_s > 1e7) return;
    dy_format_time(number, sizeof number, left_s < 10 ? ceil(left_s) : left_s);
    snprintf(l->text[LEFT], sizeof l->text[LEFT], "%s left", number);
}

static int width_of(const line *l)
{
    int width = 0;
    for (int i = 0; i < PARTS; i++)
        if (l->text[i][0]) width += dy_width(l->text[i]) + (width > 0 ? 2 : 0);
    return width;
}

/* Leaves out what matters least until the rest fits; then shortens the name. */
static void fit(line *l, int columns)
{
    static const part SPARE[] = { MOMENTUM, LR, RATE, PERCENT, EPOCH, BAR, LEFT, LOSS };
    char name[sizeof l->text[NAME]];
    memcpy(name, l->text[NAME], sizeof name);
    int name_room = columns / 3;
    dy_shorten_to(l->text[NAME], sizeof l->text[NAME], name, name_room);
    for (size_t i = 0; i < sizeof SPARE / sizeof *SPARE && width_of(l) > columns; i++)
        l->text[SPARE[i]][0] = '\0';
    int spare = columns - width_of(l);
    if (spare > 0) /* what is left over goes to the name again */
        dy_shorten_to(l->text[NAME], sizeof l->text[NAME], name,
                      dy_width(l->text[NAME]) + spare);
}

static void print_line(const dy_progress *p, const line *l)
{
    bool first = true;
    for (int i = 0; i < PARTS; i++) {
        const char *text = l->text[i];
        if (!text[0]) continue;
        if (!first) fputs("  ", p->out);
        first = false;
        if (p->colour && i == BAR)
            fprintf(p->out, "\x1b[36m%.*s\x1b[0;2m%s\x1b[0m", l->bar_done, text,
                    text + l->bar_done);
        else if (p->colour && i == NAME)
            fprintf(p->out, "\x1b[1m%s\x1b[0m", text);
        else
            fputs(text, p->out);
    }
}

static void fill(line *l, const dy_progress *p, const dy_standing *s)
{
    fill_name(l, s);
    fill_place(l, s);
    fill_values(l, s);
    if (p->paused)
        snprintf(l->text[RATE], sizeof l->text[RATE], "paused");
    else
        fill_speed(l, s, p->rate.per_s);
}

static void draw_in_place(dy_progress *p, const dy_standing *s)
{
    int columns = columns_of(p);
    line l = { 0 };
    fill(&l, p, s);
    double share = fmin(1, (double)s->done / (double)s->steps);
    fill_bar(&l, share, columns >= 120 ? 24 : columns >= 70 ? 14 : 8, p->utf8);
    fit(&l, columns - 1); /* a full line would wrap on some terminals */
    fputs("\r\x1b[K", p->out);
    print_line(p, &l);
    p->drawn = true;
}

static bool is_due(const dy_progress *p, double now_s)
{
    double every = p->terminal ? TERMINAL_EVERY_S : PLAIN_EVERY_S;
    return !p->started || now_s - p->last_s >= every;
}

void dy_progress_say(dy_progress *progress, const char *text, double now_s)
{
    char fitted[800];
    if (!is_due(progress, now_s)) return;
    progress->started = true;
    progress->last_s = now_s;
    progress->drawn = progress->terminal;
    if (progress->terminal)
        fprintf(progress->out, "\r\x1b[K%s",
                dy_shorten_to(fitted, sizeof fitted, text, columns_of(progress) - 1));
    else
        fprintf(progress->out, "%s\n", text);
    fflush(progress->out);
}

void dy_progress_draw(dy_progress *progress, const dy_board *board, double now_s)
{
    if (!is_due(progress, now_s)) return;
    dy_standing s;
    if (!dy_standing_read(&s, board)) {
        dy_progress_erase(progress);
        return;
    }
    const dy_control *control = dy_board_control((dy_board *)board);
    bool paused = atomic_load_explicit(&control->paused, memory_order_relaxed);
    if (paused && progress->paused && !progress->terminal) return; /* it was said */
    progress->paused = paused;
    if (paused)
        progress->rate = dy_rate_make();
    else
        take_rate(progress, &s, now_s);
    progress->started = true;
    progress->last_s = now_s;
    if (progress->terminal) {
        draw_in_place(progress, &s);
    } else {
        line l = { 0 };
        fill(&l, progress, &s);
        print_line(progress, &l);
        fputc('\n', progress->out);
    }
    fflush(progress->out);
}

void dy_progress_erase(dy_progress *progress)
{
    if (!progress->drawn) return;
    fputs("\r\x1b[K", progress->out);
    fflush(progress->out);
    progress->drawn = false;
    progress->started = false; /* back at the next draw, however soon */
}
