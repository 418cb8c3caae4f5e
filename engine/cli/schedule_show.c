/* schedule_show.c - see schedule_show.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_show.h"

#include "base/text.h"
#include "view/width.h"

#include <math.h>
#include <string.h>

enum { INDENT = 11, ROWS_ONE = 12, ROWS_EACH = 6, TEXT_MAX = 600 };

/* The extremes of a channel, each with the first step it is reached at. */
typedef struct extremes {
    double lo, hi;
    int64_t lo_at, hi_at; /* -1: there is none */
    bool always;          /* at every step */
} extremes;

static extremes extremes_of(const dy_tape *tape, dy_channel channel)
{
    extremes e = { .lo_at = -1, .hi_at = -1, .always = true };
    int64_t len = dy_tape_len(tape);
    for (int64_t i = 0; i < len; i++) {
        double value = dy_tape_at(tape, channel, i);
        if (!isfinite(value)) e.always = false;
        if (!isfinite(value)) continue;
        if (e.lo_at < 0 || value < e.lo) e.lo = value, e.lo_at = i;
        if (e.hi_at < 0 || value > e.hi) e.hi = value, e.hi_at = i;
    }
    return e;
}

/* The columns of the next word and the blanks before it; its end in *end. */
static int next_word(const char *at, const char **end)
{
    const char *from = at + strspn(at, " ");
    *end = from + strcspn(from, " ");
    char word[TEXT_MAX];
    snprintf(word, sizeof word, "%.*s", (int)(*end - at), at);
    return dy_width(word);
}

void dy_show_line(FILE *out, const char *word, int indent, const char *text, int columns)
{
    int used = indent;
    fprintf(out, "%-*s", indent, word);
    for (const char *end; *text; text = end) {
        int width = next_word(text, &end);
        if (used + width > columns - 1 && used > indent) {
            fprintf(out, "\n%*s", indent, "");
            text += strspn(text, " ");
            width = next_word(text, &end);
            used = indent;
        }
        dy_print_safe(out, text, (size_t)(end - text));
        used += width;
    }
    fputc('\n', out);
}

/* The value of a word in a course's text, cut to what a person reads; false: it has none. */
static bool find_about(const dy_course *course, const char *word, char *to, size_t size)
{
    size_t len = strlen(word);
    for (const char *line = course->about; *line;) {
        size_t n = strcspn(line, "\n");
        if (n > len && strncmp(line, word, len) == 0 && line[len] == '\t') {
            char whole[4096];
            snprintf(whole, sizeof whole, "%.*s", (int)(n - len - 1), line + len + 1);
            dy_shorten(to, size, whole, TEXT_MAX / 2);
            return true;
        }
        line += n + (line[n] == '\n');
    }
    return false;
}

static void show_channel(FILE *out, const dy_course *course, const dy_tape *tape,
                         dy_channel channel, const char *word, int columns)
{
    char text[TEXT_MAX], lo_at[32], hi_at[32], lo[32], hi[32];
    extremes e = extremes_of(tape, channel);
    if (e.lo_at < 0) return;
    snprintf(lo, sizeof lo, "%.6g", e.lo);
    snprintf(hi, sizeof hi, "%.6g", e.hi);
    dy_format_count(lo_at, sizeof lo_at, e.lo_at);
    dy_format_count(hi_at, sizeof hi_at, e.hi_at);
    if (e.lo == e.hi)
        snprintf(text, sizeof text, "%s %s", hi, e.always ? "throughout" : "where it is given");
    else
        snprintf(text, sizeof text, "highest %s at step %s, lowest %s at step %s", hi, hi_at,
                 lo, lo_at);
    dy_show_line(out, word, INDENT, text, columns);
    if (find_about(course, word, text, sizeof text))
        dy_show_line(out, "", INDENT, text, columns);
}

static void show_words(FILE *out, const dy_course *course, bool brief, int columns)
{
    static const char *const WORDS[] = { "feedback", "formula", "source", NULL };
    char text[TEXT_MAX];
    show_channel(out, course, course->run.tape, DY_LR, "lr", columns);
    if (course->effective)
        show_channel(out, course, course->effective, DY_LR, "effective", columns);
    show_channel(out, course, course->run.tape, DY_MOMENTUM, "momentum", columns);
    for (int i = 0; WORDS[i] && !(brief && i > 0); i++)
        if (find_about(course, WORDS[i], text, sizeof text))
            dy_show_line(out, WORDS[i], INDENT, text, columns);
}

/* What it is called in the drawings: as it was asked for. */
static void show_name(FILE *out, const dy_courses *courses, int i, dy_chart_look look)
{
    const dy_course *course = &courses->course[i];
    char line[TEXT_MAX], name[TEXT_MAX], steps[32];
    dy_clean(line, sizeof line, course->text, strlen(course->text));
    dy_format_count(steps, sizeof steps, course->run.card->steps);
    dy_shorten_to(name, sizeof name, line, look.columns - 24);
    if (courses->n > 1)
        fprintf(out, "%s%d%s  ", dy_chart_ink(look, i), i + 1, dy_chart_plain(look));
    fprintf(out, "%s%s%s", dy_chart_ink(look, i), name, dy_chart_plain(look));
    fprintf(out, "  over %s step%s\n", steps, course->run.card->steps == 1 ? "" : "s");
}

static bool show_together(FILE *out, const dy_courses *courses, dy_chart_look look,
                          dy_error *err)
{
    dy_chart chart = { courses, 0, courses->n, ROWS_ONE, look };
    if (!dy_chart_print(out, &chart, err)) return false;
    for (int i = 0; i < courses->n; i++) {
        fputc('\n', out);
        show_name(out, courses, i, look);
        show_words(out, &courses->course[i], courses->brief, look.columns);
    }
    return true;
}

static bool show_apart(FILE *out, const dy_courses *courses, dy_chart_look look, dy_error *err)
{
    for (int i = 0; i < courses->n; i++) {
        dy_chart chart = { courses, i, 1, courses->n > 1 ? ROWS_EACH : ROWS_ONE, look };
        if (i > 0) fputc('\n', out);
        show_name(out, courses, i, look);
        fputc('\n', out);
        if (!dy_chart_print(out, &chart, err)) return false;
        fputc('\n', out);
        show_words(out, &courses->course[i], courses->brief, look.columns);
    }
    return true;
}

bool dy_courses_show(FILE *out, const dy_courses *courses, dy_chart_look look, dy_error *err)
{
    bool together = look.colour && courses->n > 1;
    return together ? show_together(out, courses, look, err)
                    : show_apart(out, courses, look, err);
}
