/* board_forged.c - boards that somebody has written over, at random and on purpose: no reading leads outside.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "boards.h"
#include "record/board.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The shared part begins with the control word. */
static char *shared_bytes(dy_board *board)
{
    return (char *)dy_board_control(board);
}

/* --- a board that somebody has written over --------------------------------------------------------------------- */

static volatile size_t seen; /* so that no reading is left out */

/* Reads all there is to read; returns how many runs were shown. */
static int read_everything(const dy_board *board)
{
    int shown = 0;
    for (int32_t i = 0; i < dy_board_len(board); i++) {
        dy_run_view run;
        if (!dy_board_run(board, i, &run)) continue;
        shown++;
        seen += strlen(run.card->name) + strlen(run.card->data) + strlen(run.card->model) +
                strlen(run.card->optimizer) + strlen(run.card->schedule);
        seen += strlen(run.outcome->why);
        int64_t len = dy_tape_len(run.tape);
        cr_assert(len >= 0 && len <= run.card->steps);
        for (int64_t k = 0; k < len; k++) seen += dy_tape_sample(run.tape, k).loss > 0;
        seen += dy_tape_range(run.tape, DY_LOSS, 0, len).lo > 0;
        int64_t marks = dy_board_marks(board, i);
        for (int64_t k = 0; k < marks; k++) seen += strlen(run.marks[k].text);
    }
    return shown;
}

enum { SMALLEST = 64 << 10, RECORDS = 3 };

static void fill_board(dy_board *board)
{
    for (int i = 0; i < RECORDS; i++) {
        dy_run_view run = add(board, "run", 300, 5);
        for (int k = 0; k < 200; k++) dy_tape_push(run.tape, (dy_sample){ k, 0.9, 1 });
        dy_board_mark(board, i, &(dy_mark){ .step = 1, .kind = DY_MARK_NOTE, .text = "note" });
    }
}

static void scribble(dy_rng *rng, char *bytes, size_t n)
{
    static const uint64_t nasty[] = { 0,          1,         UINT64_MAX, INT64_MAX, 1ULL << 63,
                                      UINT32_MAX, INT32_MAX, SMALLEST,   64,        1 << 20 };
    int64_t writes = 1 + dy_rng_below(rng, 30);
    for (int64_t i = 0; i < writes; i++) {
        uint64_t word = dy_rng_next(rng);
        if (dy_rng_below(rng, 2))
            word = nasty[dy_rng_below(rng, sizeof nasty / sizeof *nasty)] +
                   (uint64_t)dy_rng_below(rng, 3) * 64;
        /* the records come first: most of the harm is done there */
        size_t reach = dy_rng_below(rng, 4) ? 4096 : n;
        size_t at = (size_t)dy_rng_below(rng, (int64_t)(reach / 8)) * 8;
        memcpy(bytes + at, &word, sizeof word);
    }
}

Test(board_forged, a_board_written_over_leads_nowhere, .timeout = 300)
{
    dy_board *original = open_board(SMALLEST);
    fill_board(original);
    cr_assert_eq(read_everything(original), RECORDS);
    dy_rng rng = dy_rng_make(1, "scribble");
    int all = 0, none = 0;
    for (int i = 0; i < 5000; i++) {
        dy_board *board = open_board(SMALLEST);
        memcpy(shared_bytes(board), shared_bytes(original), SMALLEST);
        scribble(&rng, shared_bytes(board), SMALLEST);
        int shown = read_everything(board);
        all += shown == RECORDS;
        none += shown < RECORDS;
        scribble(&rng, shared_bytes(board), SMALLEST); /* and what was checked already */
        read_everything(board);
        dy_board_close(board);
    }
    cr_assert(all > 10 && none > 10, "%d boards whole, %d not", all, none);
    dy_board_close(original);
}

Test(board_forged, every_byte_of_a_record_may_be_wrong, .timeout = 300)
{
    dy_board *original = open_board(SMALLEST);
    fill_board(original);
    static const unsigned char values[] = { 0xff, 0x80, 0x01 };
    for (size_t at = 0; at < 2048; at++) {
        dy_board *board = open_board(SMALLEST);
        memcpy(shared_bytes(board), shared_bytes(original), SMALLEST);
        shared_bytes(board)[at] ^= (char)values[at % sizeof values];
        read_everything(board);
        dy_board_close(board);
    }
    dy_board_close(original);
}

Test(board_forged, a_board_being_written_over_leads_nowhere, .timeout = 300)
{
    dy_board *board = open_board(SMALLEST);
    fill_board(board);
    char *copy = malloc(SMALLEST);
    cr_assert(copy);
    memcpy(copy, shared_bytes(board), SMALLEST);
    pid_t pid = fork();
    if (pid == 0) {
        dy_rng rng = dy_rng_make(2, "scribble");
        for (;;) {
            scribble(&rng, shared_bytes(board), SMALLEST);
            if (dy_rng_below(&rng, 3) == 0) memcpy(shared_bytes(board), copy, SMALLEST);
        }
    }
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        read_everything(board);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec - start.tv_sec < 2);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    free(copy);
    dy_board_close(board);
}

/* --- a board that somebody has written over who knows how it is made -------------------------------------------- */

enum { STEPS = 333, MARKS = 37 }; /* found by their values */

/* A copy of a board with one run, for one attack. */
static dy_board *open_victim(void)
{
    dy_board *original = open_board(SMALLEST), *board = open_board(SMALLEST);
    dy_run_view run = add(original, "name", STEPS, MARKS);
    dy_board_mark(original, run.index, &(dy_mark){ .kind = DY_MARK_NOTE, .text = "note" });
    memcpy(shared_bytes(board), shared_bytes(original), SMALLEST);
    dy_board_close(original);
    return board;
}

/* The run's card in shared memory: it begins with the name, on a line of its own. */
static char *card_of(dy_board *board)
{
    char *at = shared_bytes(board);
    while (strcmp(at, "name") != 0 && at < shared_bytes(board) + SMALLEST - 64) at += 64;
    return at;
}

/* Replaces the word of the run's record that has this value; it must be there. */
static void forge(dy_board *board, uint64_t value, uint64_t by)
{
    for (char *at = card_of(board); at < shared_bytes(board) + SMALLEST; at += 8) {
        if (memcmp(at, &value, 8) != 0) continue;
        memcpy(at, &by, 8);
        return;
    }
    cr_assert_fail("no such word");
}

/* Where the run's marks and tape begin, from the start of the board. */
static uint64_t marks_at(void)
{
    dy_board *board = open_board(SMALLEST);
    const char *marks = (const char *)add(board, "name", STEPS, MARKS).marks;
    uint64_t at = (uint64_t)(marks - shared_bytes(board));
    dy_board_close(board);
    return at;
}

static uint64_t tape_at(void)
{
    return marks_at() - dy_tape_size(STEPS);
}

static void write_head(dy_board *board, uint64_t at, int64_t steps)
{
    const int64_t head[] = { steps, 64 };
    memcpy(shared_bytes(board) + at, head, sizeof head);
}

Test(board_forged, offsets_and_sizes_that_lead_outside_are_refused)
{
    static const struct {
        const char *what;
        int64_t steps, tape_at, marks, marks_at; /* from the tape, the marks; 0: left as is */
        bool accepted;
    } cases[] = {
        { "nothing", 0, 0, 0, 0, true },
        { "steps negative", -1, 0, 0, 0, false },
        { "steps beyond any tape", INT64_MAX, 0, 0, 0, false },
        { "steps whose size overflows", INT64_C(1) << 60, 0, 0, 0, false },
        { "steps beyond the board", 5000, 0, 0, 0, false },
        { "tape where there is none", 0, 64, 0, 0, false },
        { "tape before the board", 0, -SMALLEST, 0, 0, false },
        { "tape far behind", 0, INT64_C(1) << 40, 0, 0, false },
        { "marks negative", 0, 0, -1, 0, false },
        { "marks whose size overflows to 0", 0, 0, INT64_C(1) << 61, 0, false },
        { "a mark beyond the board", 0, 0, MARKS + 20, 0, false },
        { "marks not on a line", 0, 0, 0, 8, false },
        { "marks behind the board", 0, 0, 0, SMALLEST, false },
        { "marks before it", 0, 0, 0, -2 * SMALLEST, false },
        { "marks moved within", 0, 0, 0, -64, true },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_board *board = open_victim();
        uint64_t tape = tape_at(), marks = marks_at();
        forge(board, tape, tape + (uint64_t)cases[i].tape_at);
        forge(board, marks, marks + (uint64_t)cases[i].marks_at);
        if (cases[i].marks) forge(board, MARKS, (uint64_t)cases[i].marks);
        if (cases[i].steps) {
            forge(board, STEPS, (uint64_t)cases[i].steps);
            write_head(board, tape, cases[i].steps);
        }
        if (cases[i].marks_at == -64) memset(shared_bytes(board) + marks - 64, 0, 64 + 256);
        dy_run_view run;
        cr_expect_eq(dy_board_run(board, 0, &run), cases[i].accepted, "%s", cases[i].what);
        cr_expect_eq(read_everything(board), cases[i].accepted, "%s", cases[i].what);
        dy_board_close(board);
    }
}

Test(board_forged, a_forged_tape_is_refused_where_it_does_not_fit)
{
    static const int64_t at[] = { SMALLEST - 64, SMALLEST - 4096, 0 };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        dy_board *board = open_victim();
        forge(board, tape_at(), (uint64_t)at[i]);
        write_head(board, (uint64_t)at[i], STEPS);
        cr_expect_eq(read_everything(board), 0, "at %ld", (long)at[i]);
        dy_board_close(board);
    }
    dy_board *board = open_victim(); /* off its line by a word */
    uint64_t off = tape_at() + 8;
    forge(board, tape_at(), off);
    write_head(board, off, STEPS);
    cr_expect_eq(read_everything(board), 0);
    dy_board_close(board);
}

Test(board_forged, a_tape_of_another_size_is_refused)
{
    dy_board *board = open_victim();
    write_head(board, tape_at(), STEPS - 1);
    cr_assert_eq(read_everything(board), 0);
    write_head(board, tape_at(), STEPS);
    cr_assert_eq(read_everything(board), 1);
    /* once examined, what it says later no longer counts */
    write_head(board, tape_at(), INT64_MAX);
    cr_assert_eq(read_everything(board), 1);
    dy_board_close(board);
}

Test(board_forged, cards_without_an_end_are_refused)
{
    static const struct {
        size_t at, size;
    } texts[] = {

#define TEXT(field) { offsetof(dy_card, field), sizeof((dy_card *)0)->field }
        TEXT(name),  TEXT(sweep),     TEXT(point),    TEXT(data),
        TEXT(model), TEXT(optimizer), TEXT(schedule),
#undef TEXT
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dy_board *board = open_victim();
        memset(card_of(board) + texts[i].at, 'x', texts[i].size - 1);
        cr_expect_eq(read_everything(board), 1, "text %zu, full", i);
        dy_board_close(board);

        board = open_victim();
        memset(card_of(board) + texts[i].at, 'x', texts[i].size);
        cr_expect_eq(read_everything(board), 0, "text %zu, without an end", i);
        dy_board_close(board);
    }
}

Test(board_forged, texts_without_an_end_are_refused)
{
    dy_board *original = open_board(SMALLEST);
    dy_run_view run = add(original, "name", 10, 1);
    dy_board_mark(original, 0, &(dy_mark){ .text = "note" });
    const char *start = shared_bytes(original);
    size_t why = (size_t)(run.outcome->why - start), note = (size_t)(run.marks[0].text - start);
    const size_t at[] = { why, note };
    const size_t size[] = { sizeof run.outcome->why, sizeof run.marks[0].text };
    for (int i = 0; i < 2; i++) {
        dy_board *board = open_board(SMALLEST);
        memcpy(shared_bytes(board), start, SMALLEST);
        cr_assert(dy_board_run(board, 0, &run));
        memset(shared_bytes(board) + at[i], 'x', size[i]);
        cr_assert_not(dy_board_run(board, 0, &run));
        dy_board_close(board);
    }
    dy_board_close(original);
}
