/* schedule_metric.c - see schedule_metric.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_metric.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    const char *path;
    FILE *file;
    char *line; /* without its end; getline's */
    size_t room;
    int64_t number;      /* of the line, from 1 */
    int column, columns; /* which one of how many */
    double *value;       /* [most] */
    bool *absent;
    int64_t n, most;
} reader;

static bool next_line(reader *r)
{
    ssize_t len = getline(&r->line, &r->room, r->file);
    if (len < 0) return false;
    r->number++;
    while (len > 0 && (r->line[len - 1] == '\n' || r->line[len - 1] == '\r')) len--;
    r->line[len] = '\0';
    return true;
}

/* Cell `i` of the line without blanks and quotes around it, in `to`; false: there are not so many. */
static bool cell(const reader *r, int i, char *to, size_t size)
{
    const char *at = r->line;
    for (; i > 0; i--) {
        at = strchr(at, ',');
        if (!at) return false;
        at++;
    }
    size_t n = strcspn(at, ",");
    while (n > 0 && strchr(" \t\"", *at)) at++, n--;
    while (n > 0 && strchr(" \t\"", at[n - 1])) n--;
    snprintf(to, size, "%.*s", (int)(n < size ? n : size - 1), at);
    return true;
}

static bool is_number(const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    return end != text && !*end;
}

/* Which column it is. *headed: the first line is no data. */
static bool find_column(reader *r, bool *headed, dy_error *err)
{
    char text[64];
    double value;
    r->column = -1;
    for (r->columns = 0; cell(r, r->columns, text, sizeof text); r->columns++)
        if (r->column < 0 && strcmp(text, "metric") == 0) r->column = r->columns;
    cell(r, 0, text, sizeof text);
    *headed = r->column >= 0 || (text[0] && !is_number(text, &value));
    if (r->column < 0 && r->columns == 1) r->column = 0;
    if (r->column >= 0) return true;
    return dy_fail(err, "%s:1: no column `metric` among its %d (%.80s)", r->path, r->columns,
                   r->line);
}

static bool grow(reader *r, dy_arena *arena, dy_error *err)
{
    int64_t most = r->most > 0 ? 2 * r->most : 1024;
    double *value = dy_arena_take(arena, most, sizeof *value, err);
    bool *absent = value ? dy_arena_take(arena, most, sizeof *absent, err) : NULL;
    if (!absent) return false;
    if (r->n > 0) {
        memcpy(value, r->value, (size_t)r->n * sizeof *value);
        memcpy(absent, r->absent, (size_t)r->n * sizeof *absent);
    }
    r->value = value;
    r->absent = absent;
    r->most = most;
    return true;
}

static bool read_row(reader *r, dy_arena *arena, dy_error *err)
{
    char text[64];
    double value = NAN;
    if (r->columns > 1 && r->line[0] == '\0') return true; /* a blank line is no row */
    if (!cell(r, r->column, text, sizeof text))
        return dy_fail(err, "%s:%lld: too few columns; the first row has %d", r->path,
                       (long long)r->number, r->columns);
    if (text[0] && !is_number(text, &value))
        return dy_fail(err, "%s:%lld: '%s' is not a number", r->path, (long long)r->number,
                       text);
    if (r->n == r->most && !grow(r, arena, err)) return false;
    r->value[r->n] = value;
    r->absent[r->n++] = !text[0];
    return true;
}

static bool read_all(reader *r, dy_arena *arena, dy_error *err)
{
    bool headed;
    if (!next_line(r)) return dy_fail(err, "%s: it is empty; want a value a line", r->path);
    if (!find_column(r, &headed, err)) return false;
    if (!headed && !read_row(r, arena, err)) return false;
    while (next_line(r))
        if (!read_row(r, arena, err)) return false;
    if (ferror(r->file)) return dy_fail(err, "%s: %s", r->path, strerror(errno));
    if (r->n == 0) return dy_fail(err, "%s: it has no rows; want a value a line", r->path);
    return true;
}

bool dy_metric_read(dy_metric *metric, const char *path, dy_arena *arena, dy_error *err)
{
    reader r = { .path = path, .file = fopen(path, "r") };
    if (!r.file) return dy_fail(err, "%s: %s", path, strerror(errno));
    bool ok = read_all(&r, arena, err);
    free(r.line);
    fclose(r.file);
    if (ok) *metric = (dy_metric){ r.value, r.absent, r.n };
    return ok;
}
