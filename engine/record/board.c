/* board.c - one shared mapping, filled from both ends: records of runs from the bottom up, their tapes and marks from
 * the top down. Beside it a private mapping holds the handle and, for each run, what this process has checked of it.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "record/board_inside.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_RUNS = 1 << 16 };

const char *dy_status_name(dy_status status)
{
    static const char *const names[] = { "running", "done", "diverged", "stopped", "failed" };
    if ((unsigned)status >= sizeof names / sizeof *names) return "unknown";
    return names[status];
}

static void *map(size_t bytes, int protection, int flags)
{
    void *at = mmap(NULL, bytes, protection, flags | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

/* The shared part, with a page of zeros behind it that only this process has: a text without an end stops there.
 * NULL when it cannot be had. */
static struct shared *map_shared(size_t bytes, size_t mapped)
{
    void *at = map(mapped, PROT_READ, MAP_PRIVATE);
    if (!at) return NULL;
    int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    if (mmap(at, bytes, PROT_READ | PROT_WRITE, flags, -1, 0) == MAP_FAILED) {
        munmap(at, mapped);
        return NULL;
    }
    return at;
}

static bool no_space(size_t bytes, int reason, dy_error *err)
{
    char size[32];
    dy_format_bytes(size, sizeof size, (double)bytes);
    return dy_fail(err,
                   "cannot reserve %s of address space for the records (%s); "
                   "raise the limit (ulimit -v) or reserve less",
                   size, strerror(reason));
}

bool dy_board_open(dy_board **board, size_t bytes, dy_error *err)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (bytes > SIZE_MAX / 4) return no_space(bytes, ENOMEM, err);
    size_t whole = bytes < page ? page : (bytes + page - 1) / page * page;
    size_t room =
        whole / sizeof(struct record) < MOST_RUNS ? whole / sizeof(struct record) : MOST_RUNS;
    size_t own_bytes = sizeof(dy_board) + room * sizeof(struct slot);
    dy_board *b = map(own_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    if (!b) return no_space(whole, errno, err);
    b->own_bytes = own_bytes;
    b->bytes = whole;
    b->mapped = whole + page;
    b->room = (int32_t)room;
    b->shared = map_shared(whole, b->mapped);
    if (!b->shared) {
        int reason = errno;
        munmap(b, own_bytes);
        return no_space(whole, reason, err);
    }
    b->shared->top = b->runs_end = dy_board_place_words(b);
    pthread_mutex_init(&b->lock, NULL);
    *board = b;
    return true;
}

void dy_board_close(dy_board *board)
{
    if (!board) return;
    pthread_mutex_destroy(&board->lock);
    munmap(board->shared, board->mapped);
    munmap(board, board->own_bytes);
}

int32_t dy_board_len(const dy_board *board)
{
    int32_t len = atomic_load_explicit(&board->shared->len, memory_order_acquire);
    if (len < 0) return 0;
    return len < board->room ? len : board->room;
}

/* --- reading what the other side wrote ------------------------------------------------------------------------- */

static bool ends(const char *text, size_t size)
{
    return memchr(text, '\0', size) != NULL;
}

static bool card_is_text(const dy_card *card)
{
    return ends(card->name, sizeof card->name) && ends(card->sweep, sizeof card->sweep) &&
           ends(card->point, sizeof card->point) && ends(card->data, sizeof card->data) &&
           ends(card->model, sizeof card->model) &&
           ends(card->optimizer, sizeof card->optimizer) &&
           ends(card->schedule, sizeof card->schedule);
}

/* `size` bytes at `at` lie behind the records and within the board. */
static bool lies_inside(const dy_board *board, uint64_t at, uint64_t size)
{
    return at % LINE == 0 && at >= sizeof(struct shared) && at <= board->runs_end &&
           size <= board->runs_end - at;
}

static int64_t gauges_room(int64_t steps)
{
    int64_t due = steps / DY_GAUGE_EVERY + 1;
    return due < DY_GAUGES_MOST ? due : DY_GAUGES_MOST;
}

/* Fills the slot from record i. Everything is copied first and only the copies are looked at: the lab may go on
 * writing meanwhile. */
static bool examine(const dy_board *board, int32_t i, struct slot *slot)
{
    const struct record *record = &board->shared->records[i];
    slot->card = record->card;
    int64_t marks_room = record->marks_room;
    uint64_t marks_at = record->marks_at, tape_at = record->tape_at,
             gauges_at = record->gauges_at;
    atomic_thread_fence(memory_order_acq_rel); /* the compiler may not read them again */

    int64_t steps = slot->card.steps;
    int64_t most = (int64_t)board->bytes;
    if (!card_is_text(&slot->card) || steps < 0 || steps > most) return false;
    if (marks_room < 0 || marks_room > most / (int64_t)sizeof(dy_mark)) return false;
    if (!lies_inside(board, marks_at, (uint64_t)marks_room * sizeof(dy_mark))) return false;
    if (!lies_inside(board, tape_at, dy_tape_size(steps))) return false;
    if (!lies_inside(board, gauges_at, (uint64_t)gauges_room(steps) * sizeof(dy_gauge)))
        return false;
    char *start = (char *)board->shared;
    if (!dy_tape_head(&slot->tape, start + tape_at, steps)) return false;
    slot->marks = (const dy_mark *)(start + marks_at);
    slot->marks_room = marks_room;
    slot->gauges = (const dy_gauge *)(start + gauges_at);
    slot->good = true;
    return true;
}

/* Run i as far as this process believes in it, or NULL. */
static struct slot *slot_of(const dy_board *board, int32_t i)
{
    if (i < 0 || i >= dy_board_len(board)) return NULL;
    dy_board *own = (dy_board *)board; /* a handle is never in read-only memory */
    struct slot *slot = &own->slots[i];
    pthread_mutex_lock(&own->lock);
    bool good = slot->good || examine(board, i, slot);
    pthread_mutex_unlock(&own->lock);
    return good ? slot : NULL;
}

static int64_t marks_of(const dy_board *board, int32_t i, const struct slot *slot)
{
    int64_t n = atomic_load_explicit(&board->shared->records[i].marks, memory_order_acquire);
    if (n < 0) return 0;
    return n < slot->marks_room ? n : slot->marks_room;
}

int64_t dy_board_marks(const dy_board *board, int32_t run)
{
    const struct slot *slot = slot_of(board, run);
    return slot ? marks_of(board, run, slot) : 0;
}

int64_t dy_board_gauges(const dy_board *board, int32_t run)
{
    const struct slot *slot = slot_of(board, run);
    if (!slot) return 0;
    int64_t n = atomic_load_explicit(&board->shared->records[run].gauges, memory_order_acquire);
    int64_t room = gauges_room(slot->card.steps);
    if (n < 0) return 0;
    return n < room ? n : room;
}

static bool marks_are_sound(const dy_mark *marks, int64_t n, int64_t steps)
{
    for (int64_t i = 0; i < n; i++) {
        bool known = marks[i].kind == DY_MARK_SCORE || marks[i].kind == DY_MARK_NOTE;
        bool within = marks[i].step >= 0 && marks[i].step <= steps;
        if (!known || !within || !ends(marks[i].text, sizeof marks[i].text)) return false;
    }
    return true;
}

static bool outcome_is_sound(const dy_outcome *outcome, int64_t steps)
{
    int status = atomic_load_explicit(&outcome->status, memory_order_acquire);
    bool known = status >= DY_RUNNING && status <= DY_FAILED;
    bool within = outcome->updates >= 0 && outcome->updates <= steps;
    return known && within && ends(outcome->why, sizeof outcome->why);
}

static dy_run_view view_of(const dy_board *board, int32_t i, struct slot *slot)
{
    return (dy_run_view){ .card = &slot->card,
                          .outcome = &board->shared->records[i].outcome,
                          .tape = &slot->tape,
                          .marks = slot->marks,
                          .gauges = slot->gauges,
                          .index = i };
}

bool dy_board_run(const dy_board *board, int32_t i, dy_run_view *run)
{
    struct slot *slot = slot_of(board, i);
    if (!slot) return false;
    int64_t steps = slot->card.steps;
    if (!outcome_is_sound(&board->shared->records[i].outcome, steps)) return false;
    if (!marks_are_sound(slot->marks, marks_of(board, i, slot), steps)) return false;
    *run = view_of(board, i, slot);
    return true;
}

/* --- writing, in the lab --------------------------------------------------------------------------------------- */

/* "base (k)", the base cut between two characters where both do not fit. */
static void numbered(char *to, size_t size, const char *base, int32_t k)
{
    char number[16];
    size_t tail = (size_t)snprintf(number, sizeof number, " (%" PRId32 ")", k);
    size_t n = strnlen(base, size - 1 - tail);
    while (n > 0 && ((unsigned char)base[n] & 0xc0) == 0x80) n--;
    memcpy(to, base, n);
    memcpy(to + n, number, tail + 1);
}

/* The k of a name that reads "... (k)", else 0. */
static int32_t number_of(const char *name)
{
    const char *open = strrchr(name, '(');
    if (!open || open[1] < '1' || open[1] > '9') return 0;
    char *end;
    long k = strtol(open + 1, &end, 10);
    return strcmp(end, ")") == 0 && k <= MOST_RUNS ? (int32_t)k : 0;
}

/* Gives the card a name that no run on the board has. */
static void name_apart(const dy_board *board, int32_t len, dy_card *card)
{
    const char *base = card->name;
    char same[sizeof card->name];
    int32_t highest = 0; /* number given to this name before */
    for (int32_t i = 0; i < len; i++) {
        const char *other = board->shared->records[i].card.name;
        int32_t k = number_of(other);
        if (strcmp(other, base) == 0 && highest < 1) highest = 1;
        if (k <= highest) continue;
        numbered(same, sizeof same, base, k);
        if (strcmp(other, same) == 0) highest = k;
    }
    if (highest == 0) return;
    numbered(same, sizeof same, base, highest + 1);
    memcpy(card->name, same, sizeof same);
}

/* Bytes between the records, with one more, and the tapes. */
static uint64_t space_left(const dy_board *board, int32_t len)
{
    uint64_t low = sizeof(struct shared) + ((uint64_t)len + 1) * sizeof(struct record);
    uint64_t top = board->shared->top;
    return top > low ? top - low : 0;
}

static bool full(uint64_t space, const dy_card *card, dy_error *err)
{
    const double per_update = 21.8,
                 overhead = 4096; /* a little more than a tape and gauges have */
    double fit = ((double)space - overhead) / per_update;
    char wanted[32], left[32];
    dy_format_count(wanted, sizeof wanted, card->steps);
    dy_format_count(left, sizeof left, fit > 0 ? (int64_t)fit : 0);
    return dy_fail(err, "%.63s: no room to record %s updates; about %s would still fit",
                   card->name, wanted, left);
}

static void end_texts(dy_card *card)
{
    card->name[sizeof card->name - 1] = '\0';
    card->sweep[sizeof card->sweep - 1] = '\0';
    card->point[sizeof card->point - 1] = '\0';
    card->data[sizeof card->data - 1] = '\0';
    card->model[sizeof card->model - 1] = '\0';
    card->optimizer[sizeof card->optimizer - 1] = '\0';
    card->schedule[sizeof card->schedule - 1] = '\0';
}

/* Cuts an empty tape, marks and gauges of a run from the top. */
static void place(struct shared *shared, struct record *record, uint64_t tape_size,
                  uint64_t marks_size, uint64_t gauges_size)
{
    shared->top -= tape_size + marks_size + gauges_size;
    record->tape_at = shared->top;
    record->marks_at = shared->top + tape_size;
    record->gauges_at = record->marks_at + marks_size;
    dy_tape_init((char *)shared + record->tape_at, record->card.steps);
}

bool dy_board_add(dy_board *board, const dy_card *card, int64_t marks, dy_run_view *run,
                  dy_error *err)
{
    DY_ASSERT(card->steps >= 0 && marks >= 0);
    struct shared *shared = board->shared;
    int32_t len = dy_board_len(board);
    if (len == board->room) return dy_fail(err, "the board is full: it has %d runs", len);
    uint64_t space = space_left(board, len);
    if ((uint64_t)marks > space / sizeof(dy_mark)) return full(0, card, err);
    uint64_t marks_size = ((uint64_t)marks * sizeof(dy_mark) + LINE - 1) / LINE * LINE;
    uint64_t gauges_size =
        ((uint64_t)gauges_room(card->steps) * sizeof(dy_gauge) + LINE - 1) / LINE * LINE;
    uint64_t beside = marks_size + gauges_size;
    uint64_t for_tape = space > beside ? space - beside : 0;
    if ((uint64_t)card->steps > for_tape || dy_tape_size(card->steps) > for_tape)
        return full(for_tape, card, err);

    struct record *record = &shared->records[len];
    record->card = *card;
    end_texts(&record->card);
    name_apart(board, len, &record->card);
    record->marks_room = marks;
    place(shared, record, dy_tape_size(card->steps), marks_size, gauges_size);
    atomic_store_explicit(&shared->len, len + 1, memory_order_release);

    struct slot *slot = slot_of(board, len);
    DY_ASSERT(slot != NULL);
    *run = view_of(board, len, slot);
    return true;
}

void dy_board_mark(dy_board *board, int32_t run, const dy_mark *mark)
{
    const struct slot *slot = slot_of(board, run);
    DY_ASSERT(slot != NULL);
    int64_t n = marks_of(board, run, slot);
    if (n == slot->marks_room) return;
    dy_mark *to = (dy_mark *)&slot->marks[n];
    *to = *mark;
    to->text[sizeof to->text - 1] = '\0';
    atomic_store_explicit(&board->shared->records[run].marks, n + 1, memory_order_release);
}

void dy_board_gauge(dy_board *board, int32_t run, const dy_gauge *gauge)
{
    const struct slot *slot = slot_of(board, run);
    DY_ASSERT(slot != NULL);
    int64_t n = dy_board_gauges(board, run);
    if (n == gauges_room(slot->card.steps)) return;
    dy_gauge *to = (dy_gauge *)&slot->gauges[n];
    *to = *gauge;
    atomic_store_explicit(&board->shared->records[run].gauges, n + 1, memory_order_release);
}

void dy_board_drop(dy_board *board, int32_t from, int32_t to)
{
    char *start = (char *)board->shared; /* on a page */
    size_t page = (size_t)sysconf(_SC_PAGESIZE), lo = board->bytes, hi = 0;
    for (int32_t i = from; i < to; i++) {
        const struct slot *slot = slot_of(board, i);
        if (!slot) continue;
        size_t tape =
            (size_t)((const char *)slot->marks - start) - dy_tape_size(slot->card.steps);
        size_t end = (size_t)((const char *)slot->gauges - start) +
                     (size_t)gauges_room(slot->card.steps) * sizeof(dy_gauge);
        lo = tape < lo ? tape : lo;
        hi = end > hi ? end : hi;
    }
    lo = (lo + page - 1) / page * page;
    hi = hi / page * page;
    if (lo < hi && hi <= board->bytes) madvise(start + lo, hi - lo, MADV_REMOVE);
}
