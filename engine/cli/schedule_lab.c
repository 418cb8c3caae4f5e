/* schedule_lab.c - see schedule_lab.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_lab.h"

#include "base/text.h"
#include "cli/args.h"
#include "lab/desk.h"
#include "lua/caption.h"
#include "lua/findings.h"
#include "view/width.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Address space beside the script's own heap: curves and samples of functions, 24 bytes a key. */
static const int64_t ENGINE_BYTES = (int64_t)32 << 30;

enum { SPARE_BYTES = 1 << 20 };

/* --- in the lab -------------------------------------------------------------------------------------------------- */

static void note_feedback(const dy_lab *lab, const dy_expression *e, const dy_metric *metric)
{
    char rows[32];
    if (e->plan.n_feedbacks > 0 && metric->n == 0)
        dy_message_say(
            lab->out, DY_MESSAGE_NOTE,
            "%s has feedback: drawn as if what it watches always improved (see --metric)",
            e->name);
    else if (e->plan.n_feedbacks > 0 && metric->n < e->plan.span.steps - 1)
        dy_message_say(
            lab->out, DY_MESSAGE_NOTE,
            "%s has feedback, and --metric has %s rows: after them nothing is observed",
            e->name, dy_format_count(rows, sizeof rows, metric->n));
    else if (e->plan.n_feedbacks == 0 && metric->n > 0)
        dy_message_say(lab->out, DY_MESSAGE_NOTE,
                       "%s has no feedback: --metric has no effect on it", e->name);
}

/* What a function gave, as arrays; NULL where it is too long for a look. */
static double *recorded(const dy_tape *tape, dy_channel channel, dy_arena *arena)
{
    enum { MOST = 1 << 20 };

    dy_error err;
    int64_t len = dy_tape_len(tape);
    double *values = len <= MOST ? dy_arena_take(arena, len, sizeof *values, &err) : NULL;
    for (int64_t i = 0; values && i < len; i++) values[i] = dy_tape_at(tape, channel, i);
    return values;
}

static void lint(lua_State *L, const dy_schedule_job *job, const dy_expression *e,
                 const dy_tape *tape)
{
    dy_findings found;
    char before[64];
    dy_arena arena = dy_arena_make(0);
    dy_lint_job what = { .spec = e->spec, .plan = &e->plan };
    if (e->plan.call) {
        what.lr = recorded(tape, DY_LR, &arena);
        what.momentum = what.lr ? recorded(tape, DY_MOMENTUM, &arena) : NULL;
    }
    snprintf(before, sizeof before, "%s%s", job->n > 1 ? e->name : "", job->n > 1 ? ": " : "");
    dy_lint(&found, &what);
    dy_findings_say(dy_host_of(L), before, &found, true);
    dy_arena_close(&arena);
}

static bool follow(lua_State *L, const dy_lab *lab, const dy_schedule_job *job, int i,
                   dy_error *err)
{
    dy_run_view run;
    dy_expression e;
    const char *name = dy_host_of(L)->file;
    if (!dy_expression_open(&e, L, job->text[i], name, job->span, err)) return false;
    dy_caption_send(lab->out, i, e.spec, &e.plan);
    if (!job->quiet) note_feedback(lab, &e, &job->metric);
    bool ok = dy_board_run(lab->board, i, &run) &&
              dy_expression_record(&e, &job->metric, job->momentum, run.tape, err);
    bool whole = ok && dy_tape_len(run.tape) == job->span.steps;
    if (whole && !job->quiet) lint(L, job, &e, run.tape);
    dy_expression_close(&e);
    if (!ok) return false;
    run.outcome->train_loss = run.outcome->test_loss = run.outcome->test_accuracy = NAN;
    run.outcome->updates = dy_tape_len(run.tape);
    atomic_store_explicit(&run.outcome->status, whole ? DY_DONE : DY_STOPPED,
                          memory_order_release);
    return true;
}

/* One expression in a state of its own, so that none sees what another did. */
static bool try_one(dy_lab *lab, const dy_schedule_job *job, int i, dy_error *err)
{
    char name[32];
    const char *const none[] = { NULL };
    snprintf(name, sizeof name, "expression %d", i + 1);
    dy_host host = { .lab = lab,
                     .file = name,
                     .folder = "/dev/null",
                     .data_folders = none,
                     .memory_limit = job->bounds.memory,
                     .patience_s = job->bounds.patience_s };
    lua_State *L;
    if (!dy_script_open(&L, &host, err)) return false;
    bool ok = follow(L, lab, job, i, err);
    dy_script_close(L);
    return ok;
}

static int lab_main(dy_lab *lab, void *argument)
{
    const dy_schedule_job *job = argument;
    int code = 0;
    for (int i = 0; i < job->n && !dy_board_control(lab->board)->stop; i++) {
        dy_error err;
        if (try_one(lab, job, i, &err)) continue;
        dy_message_say(lab->out, DY_MESSAGE_ERROR, "%s", err.text);
        code = 1;
    }
    return code;
}

/* --- at the desk ------------------------------------------------------------------------------------------------- */

static void print_line(const char *before, const dy_message *message)
{
    fputs(before, stderr);
    dy_print_safe(stderr, message->text, message->len);
    if (message->len == 0 || message->text[message->len - 1] != '\n') fputc('\n', stderr);
}

static void keep_about(dy_courses *courses, const dy_message *message)
{
    const char *text;
    int32_t i;
    dy_error err;
    if (!dy_caption_read(message, &i, &text) || i >= courses->n || courses->course[i].about[0])
        return;
    const char *about = dy_arena_text(&courses->arena, text, &err);
    if (about) courses->course[i].about = about;
}

static void on_message(void *self, const dy_message *message)
{
    dy_courses *courses = self;
    switch (message->kind) {
    case DY_MESSAGE_SAY: keep_about(courses, message); break;
    case DY_MESSAGE_PRINT: dy_print_safe(stderr, message->text, message->len); break;
    case DY_MESSAGE_ERROR: print_line("derny schedule: ", message); break;
    case DY_MESSAGE_NOTE: print_line("derny schedule: note: ", message); break;
    default: print_line("derny schedule: warning: ", message); break;
    }
}

static dy_wish on_tick(void *self)
{
    (void)self; /* nothing moves on the screen meanwhile */
    return DY_WISH_GO_ON;
}

/* The board is this process's alone until the fork, so it may add the runs. */
static bool add_runs(dy_courses *courses, const dy_schedule_job *job, dy_error *err)
{
    for (int i = 0; i < job->n; i++) {
        dy_card card = { .steps = job->span.steps,
                         .epoch_steps = job->span.epoch_steps,
                         .lane = i };
        dy_clean(card.name, sizeof card.name, job->text[i], strlen(job->text[i]));
        courses->course[i] = (dy_course){ .text = job->text[i], .about = "" };
        if (!dy_board_add(courses->board, &card, 0, &courses->course[i].run, err)) return false;
    }
    return true;
}

static bool watch(dy_courses *courses, dy_schedule_job *job, dy_verdict *verdict, dy_error *err)
{
    const char *const nothing[] = { NULL };
    dy_lab_child child;
    dy_walls walls = { nothing, dy_bounds_space(&job->bounds, ENGINE_BYTES) };
    dy_desk_spec desk = { .patience_s = job->bounds.patience_s,
                          .self = courses,
                          .on_message = on_message,
                          .on_tick = on_tick };
    return dy_lab_start(&child, courses->board, &walls, lab_main, job, err) &&
           dy_desk_watch(&child, courses->board, &desk, verdict, err);
}

/* The lab has ended: what it left on the board is looked at as a stranger's. */
static void take_results(dy_courses *courses)
{
    for (int i = 0; i < courses->n; i++) {
        dy_course *course = &courses->course[i];
        course->done = dy_board_run(courses->board, i, &course->run) &&
                       course->run.outcome->status == DY_DONE &&
                       dy_tape_len(course->run.tape) == course->run.card->steps;
    }
}

static dy_tape *effective_tape(const dy_tape *of, dy_arena *arena, dy_error *err)
{
    int64_t len = dy_tape_len(of);
    void *memory = dy_arena_take(arena, (int64_t)dy_tape_size(len), 1, err);
    dy_tape *tape = memory ? dy_tape_init(memory, len) : NULL;
    for (int64_t i = 0; tape && i < len; i++) {
        dy_sample s = dy_tape_sample(of, i);
        double momentum = s.momentum >= 0 && s.momentum < 1 ? s.momentum : 0;
        dy_tape_push(tape, (dy_sample){ s.lr / (1 - momentum), NAN, NAN });
    }
    return tape;
}

bool dy_courses_effective(dy_courses *courses, dy_error *err)
{
    for (int i = 0; i < courses->n; i++) {
        dy_course *course = &courses->course[i];
        if (!course->done) continue;
        course->effective = effective_tape(course->run.tape, &courses->arena, err);
        if (!course->effective) return false;
    }
    return true;
}

static bool follow_all(dy_courses *courses, const dy_schedule_job *job, dy_error *err)
{
    dy_verdict verdict;
    dy_schedule_job copy = *job;
    if (!add_runs(courses, job, err) || !watch(courses, &copy, &verdict, err)) return false;
    take_results(courses);
    if (job->effective && !dy_courses_effective(courses, err)) return false;
    if (verdict.text[0]) fprintf(stderr, "derny schedule: %s\n", verdict.text);
    if (verdict.ending == DY_ENDED_INTERRUPTED)
        courses->code = DY_EXIT_SIGNAL + verdict.interrupt;
    else if (verdict.ending != DY_ENDED_OK)
        courses->code = DY_EXIT_FAILED;
    for (int i = 0; i < courses->n && courses->code == DY_EXIT_DONE; i++)
        if (!courses->course[i].done) courses->code = DY_EXIT_FAILED;
    return true;
}

bool dy_courses_open(dy_courses *courses, const dy_schedule_job *job, dy_error *err)
{
    size_t bytes = (size_t)(job->n + 1) * (dy_tape_size(job->span.steps) + SPARE_BYTES);
    *courses = (dy_courses){ .n = job->n, .arena = dy_arena_make(0) };
    courses->course = dy_arena_take(&courses->arena, job->n, sizeof *courses->course, err);
    bool ok = courses->course && dy_board_open(&courses->board, bytes, err) &&
              follow_all(courses, job, err);
    if (!ok) dy_courses_close(courses);
    return ok;
}

void dy_courses_close(dy_courses *courses)
{
    if (courses->board) dy_board_close(courses->board);
    courses->board = NULL;
    dy_arena_close(&courses->arena);
}
