/* export.c - see export.h.   SPDX-License-Identifier: MIT */
#include "record/export.h"

#include "base/arena.h"
#include "record/digits.h"
#include "record/outfile.h"

#include <jansson.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- CSV ---- */

/* The name as a field, into field[2 * n + 3]. source: RFC 4180 */
static void csv_field(const char *name, char *field)
{
    if (!strpbrk(name, ",\"\r\n")) {
        memcpy(field, name, strlen(name) + 1);
        return;
    }
    *field++ = '"';
    for (; *name; name++) {
        if (*name == '"') *field++ = '"';
        *field++ = *name;
    }
    *field++ = '"';
    *field = '\0';
}

static void csv_run(FILE *out, const dy_run_view *run)
{
    const dy_card *card = run->card;
    char name[sizeof card->name + 1];
    char field[2 * sizeof name + 3];
    snprintf(name, sizeof name, "%.*s", (int)sizeof card->name, card->name);
    csv_field(name, field);
    dy_digits lr = { 0 };
    dy_digits momentum = { 0 };
    dy_digits loss = { 0 };
    int64_t epoch_steps = card->epoch_steps > 0 ? card->epoch_steps : INT64_MAX;
    int64_t len = dy_tape_len(run->tape);
    for (int64_t i = 0; i < len; i++) {
        dy_sample s = dy_tape_sample(run->tape, i);
        fprintf(out, "%s,%" PRId64 ",%" PRId64 ",%s,%s,%s\n", field, i, i / epoch_steps,
                dy_digits_write(&lr, 17, s.lr), dy_digits_write(&momentum, 17, s.momentum),
                dy_digits_write(&loss, 9, (double)s.loss));
    }
}

bool dy_export_csv(const dy_board *board, const char *path, dy_error *err)
{
    dy_outfile out;
    if (!dy_outfile_open(&out, path, err)) return false;
    fputs("run,step,epoch,lr,momentum,loss\n", out.file);
    int32_t n = dy_board_len(board);
    for (int32_t i = 0; i < n && !ferror(out.file); i++) {
        dy_run_view run;
        if (dy_board_run(board, i, &run)) csv_run(out.file, &run);
    }
    return dy_outfile_keep(&out, err);
}

/* ---- JSON ---- */

/* A stranger's text; what is not UTF-8 is read as Latin-1, so that no byte is lost. */
static json_t *json_text(const char *text, size_t size)
{
    size_t n = strnlen(text, size);
    json_t *string = json_stringn(text, n);
    if (string) return string;
    char utf8[2 * sizeof((dy_card *)0)->schedule + 2 * sizeof((dy_outcome *)0)->why];
    size_t used = 0;
    for (size_t i = 0; i < n && used + 2 < sizeof utf8; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80) utf8[used++] = (char)(0xc0 | c >> 6);
        utf8[used++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3f));
    }
    return json_stringn(utf8, used);
}

#define TEXT(field) json_text(field, sizeof(field))

static json_t *json_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *json_marks(const dy_board *board, const dy_run_view *run)
{
    json_t *marks = json_array();
    int64_t n = dy_board_marks(board, run->index);
    for (int64_t i = 0; i < n; i++) {
        const dy_mark *m = &run->marks[i];
        json_t *mark = m->kind == DY_MARK_SCORE
                           ? json_pack("{s:s, s:I, s:o, s:o}", "kind", "score", "step",
                                       (json_int_t)m->step, "loss", json_number(m->loss),
                                       "accuracy", json_number(m->accuracy))
                           : json_pack("{s:s, s:I, s:o}", "kind", "note", "step",
                                       (json_int_t)m->step, "text", TEXT(m->text));
        json_array_append_new(marks, mark); /* a NULL, for want of memory, makes it fail */
    }
    if (json_array_size(marks) == (size_t)n) return marks;
    json_decref(marks);
    return NULL;
}

static json_t *json_card(const dy_card *c)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, c->seed);
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:I, s:s, s:i, s:i}", "name",
                     TEXT(c->name), "data", TEXT(c->data), "model", TEXT(c->model), "optimizer",
                     TEXT(c->optimizer), "schedule", TEXT(c->schedule), "steps",
                     (json_int_t)c->steps, "epoch_steps", (json_int_t)c->epoch_steps, "batch",
                     (json_int_t)c->batch, "seed", seed, "race", (int)c->race, "lane",
                     (int)c->lane);
}

static json_t *json_outcome(const dy_outcome *o)
{
    return json_pack("{s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "status",
                     dy_status_name((dy_status)o->status), "updates", (json_int_t)o->updates,
                     "seconds", json_number(o->seconds), "train_loss",
                     json_number(o->train_loss), "test_loss", json_number(o->test_loss),
                     "test_accuracy", json_number(o->test_accuracy), "why", TEXT(o->why));
}

/* All but the series: those may have millions of numbers, and are written as they are read. */
static bool write_head(FILE *out, const dy_board *board, const dy_run_view *run)
{
    json_t *head = json_card(run->card);
    json_t *outcome = json_outcome(run->outcome);
    json_t *marks = json_marks(board, run);
    bool made = json_object_set_new(head, "outcome", outcome) == 0;
    made = json_object_set_new(head, "marks", marks) == 0 && made;
    /* EMBED leaves the braces to us; a failing write is found when the file is closed */
    if (made) (void)json_dumpf(head, out, JSON_EMBED | JSON_PRESERVE_ORDER);
    json_decref(head);
    return made;
}

static void write_series(FILE *out, const dy_tape *tape, dy_channel channel, int64_t len)
{
    static const char *const NAMES[DY_CHANNELS] = { "lr", "momentum", "loss" };
    dy_digits d = { 0 };
    fprintf(out, "%s\"%s\": [", channel > 0 ? ", " : "", NAMES[channel]);
    for (int64_t i = 0; i < len; i++) {
        double value = dy_tape_at(tape, channel, i);
        if (i > 0) fputs(", ", out);
        fputs(isfinite(value) ? dy_digits_write(&d, channel == DY_LOSS ? 9 : 17, value)
                              : "null",
              out);
    }
    fputc(']', out);
}

static bool write_run(FILE *out, const dy_board *board, const dy_run_view *run, dy_error *err)
{
    int64_t len = dy_tape_len(run->tape);
    fputc('{', out);
    if (!write_head(out, board, run))
        return dy_fail(err, "out of memory: run %d as JSON", run->index + 1);
    fputs(", \"series\": {", out);
    for (dy_channel c = 0; c < DY_CHANNELS; c++) write_series(out, run->tape, c, len);
    fputs("}}", out);
    return true;
}

bool dy_export_json(const dy_board *board, const char *path, dy_error *err)
{
    dy_outfile out;
    if (!dy_outfile_open(&out, path, err)) return false;
    const char *before = "{\"runs\": [\n";
    int32_t n = dy_board_len(board);
    for (int32_t i = 0; i < n; i++) {
        dy_run_view run;
        if (!dy_board_run(board, i, &run)) continue;
        fputs(before, out.file);
        before = ",\n";
        if (!write_run(out.file, board, &run, err)) {
            dy_outfile_drop(&out);
            return dy_fail_in(err, "cannot write %s", path);
        }
    }
    fputs(before[0] == '{' ? "{\"runs\": []}\n" : "\n]}\n", out.file);
    return dy_outfile_keep(&out, err);
}

/* ---- schedules ---- */

/* What is written of each step beside lr. */
typedef struct beside {
    bool momentum, effective;
} beside;

static bool has_momentum(const dy_drawn *drawn)
{
    dy_range range = dy_tape_range(drawn->tape, DY_MOMENTUM, 0, INT64_MAX);
    return range.lo <= range.hi;
}

static double effective_of(const dy_sample *s)
{
    return s->lr / (1 - (isnan(s->momentum) ? 0 : s->momentum));
}

static void csv_step(FILE *out, int64_t step)
{
    char text[24];
    char *at = text + sizeof text;
    do {
        *--at = (char)('0' + step % 10);
        step /= 10;
    } while (step > 0);
    fwrite(at, 1, (size_t)(text + sizeof text - at), out);
}

/* `field` stands before each row, unless it is empty. */
static void csv_drawn(FILE *out, const dy_drawn *drawn, const char *field, beside also)
{
    dy_digits d[3] = { 0 };
    int64_t len = dy_tape_len(drawn->tape);
    for (int64_t i = 0; i < len; i++) {
        dy_sample s = dy_tape_sample(drawn->tape, i);
        fputs(field, out);
        if (field[0]) fputc(',', out);
        csv_step(out, i);
        fputc(',', out);
        fputs(dy_digits_write(&d[0], 17, s.lr), out);
        if (also.momentum) fputc(',', out);
        if (also.momentum) fputs(dy_digits_write(&d[1], 17, s.momentum), out);
        if (also.effective) fputc(',', out);
        if (also.effective) fputs(dy_digits_write(&d[2], 17, effective_of(&s)), out);
        fputc('\n', out);
    }
}

static bool csv_all(FILE *out, const dy_drawn *drawn, int n, beside also, dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    bool ok = true;
    for (int i = 0; i < n && ok; i++) {
        char *field = dy_arena_take(&arena, 2 * (int64_t)strlen(drawn[i].text) + 3, 1, err);
        ok = field != NULL;
        if (ok && n > 1) csv_field(drawn[i].text, field);
        if (ok) csv_drawn(out, &drawn[i], field, also);
    }
    dy_arena_close(&arena);
    return ok;
}

bool dy_export_drawn_csv(const dy_drawn *drawn, int n, bool effective, const char *path,
                         dy_error *err)
{
    dy_outfile out;
    beside also = { .effective = effective };
    for (int i = 0; i < n; i++) also.momentum |= has_momentum(&drawn[i]);
    if (!dy_outfile_open(&out, path, err)) return false;
    fprintf(out.file, "%sstep,lr%s%s\n", n > 1 ? "schedule," : "",
            also.momentum ? ",momentum" : "", effective ? ",effective" : "");
    if (csv_all(out.file, drawn, n, also, err)) return dy_outfile_keep(&out, err);
    dy_outfile_drop(&out);
    return false;
}

static void write_effective(FILE *out, const dy_tape *tape, int64_t len)
{
    dy_digits d = { 0 };
    fputs(", \"effective\": [", out);
    for (int64_t i = 0; i < len; i++) {
        dy_sample s = dy_tape_sample(tape, i);
        if (i > 0) fputs(", ", out);
        fputs(dy_digits_write(&d, 17, effective_of(&s)), out);
    }
    fputc(']', out);
}

static bool json_drawn(FILE *out, const dy_drawn *drawn, bool effective)
{
    int64_t len = dy_tape_len(drawn->tape);
    json_t *text = json_text(drawn->text, strlen(drawn->text));
    if (!text) return false;
    fputs("{\"expression\": ", out);
    (void)json_dumpf(text, out, JSON_ENCODE_ANY);
    json_decref(text);
    fprintf(out, ", \"steps\": %" PRId64 ", ", len);
    write_series(out, drawn->tape, DY_LR, len);
    if (has_momentum(drawn))
        write_series(out, drawn->tape, DY_MOMENTUM, len);
    else
        fputs(", \"momentum\": null", out);
    if (effective) write_effective(out, drawn->tape, len);
    fputc('}', out);
    return true;
}

bool dy_export_drawn_json(const dy_drawn *drawn, int n, bool effective, const char *path,
                          dy_error *err)
{
    dy_outfile out;
    if (!dy_outfile_open(&out, path, err)) return false;
    fputs("{\"schedules\": [", out.file);
    for (int i = 0; i < n; i++) {
        fputs(i > 0 ? ",\n" : "\n", out.file);
        if (json_drawn(out.file, &drawn[i], effective)) continue;
        dy_outfile_drop(&out);
        return dy_fail(err, "out of memory: schedule %d as JSON", i + 1);
    }
    fputs("\n]}\n", out.file);
    return dy_outfile_keep(&out, err);
}
