/* session_open.c - what is left when a session cannot be opened: nothing, and no lane that looks as if it ran.
 *
 * SPDX-License-Identifier: MIT */
#include "racing.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(session_open, .init = open_racing, .fini = close_racing);

static void expect_refused(const struct setting *s, const char *message)
{
    dy_session *session = NULL;
    dy_error err;
    cr_assert_not(dy_session_open(&session, &lab, &s->spec, &err), "%s", message);
    cr_expect(strstr(err.text, message), "%s", err.text);
    cr_expect_null(session);
    expect_none_running();
}

Test(session_open, what_cannot_be_opened_is_refused_with_its_reason)
{
    dy_spec plans[] = { constant(0.1), schedule("constant", "lr", -1, NULL, 0) };
    struct setting s;
    make_setting(&s, 1, plans)->spec.race.model.widths[0] = 5;
    expect_refused(&s, "5");
    make_setting(&s, 2, plans);
    expect_refused(&s, "b: ");
    make_setting(&s, 1, plans)->spec.memory_limit = 1000;
    expect_refused(&s, "memory");
    make_setting(&s, 1, plans)->spec.steps = (int64_t)1 << 40;
    expect_refused(&s, "no room");
    cr_expect_eq(dy_board_len(lab.board), 0);
}

/* Boards of every size up to one that holds both lanes: sometimes the first has a place and the second none. */
Test(session_open, on_a_full_board_no_lane_is_left_running)
{
    dy_spec plans[] = { constant(0.1), constant(0.2) };
    struct setting s;
    make_setting(&s, 2, plans)->spec.steps = 2000;
    dy_board *roomy = lab.board;
    int halves = 0;
    bool opened = false;
    for (size_t bytes = 1 << 14; !opened; bytes += 4096) {
        dy_error err;
        must(dy_board_open(&lab.board, bytes, &err), &err);
        dy_session *session = NULL;
        err.text[0] = '\0';
        opened = dy_session_open(&session, &lab, &s.spec, &err);
        if (opened) dy_session_close(session);
        cr_expect(opened || err.text[0], "a message");
        expect_none_running();
        dy_run_view run;
        if (!opened && dy_board_len(lab.board) == 1 && dy_board_run(lab.board, 0, &run)) {
            halves++;
            cr_expect_eq(status_of(&run), DY_FAILED);
            cr_expect(strstr(run.outcome->why, "no room"), "%s", run.outcome->why);
        }
        dy_board_close(lab.board);
    }
    lab.board = roomy;
    cr_expect_gt(halves, 0);
}

Test(session_open, short_of_memory_it_fails_with_a_message_and_leaves_nothing)
{
    dy_spec plans[] = { one_cycle(), constant(0.1) };
    struct setting s;
    make_setting(&s, 2, plans);
    int64_t n = 0;
    for (bool opened = false; !opened;) {
        dy_session *session = NULL;
        dy_error err = { "" };
        dy_arena_fail_at(++n, false);
        opened = dy_session_open(&session, &lab, &s.spec, &err);
        dy_arena_fail_at(0, false);
        cr_expect(opened || err.text[0], "take %d", (int)n);
        if (opened) dy_session_close(session);
        expect_none_running();
    }
    cr_expect_gt(n, 5);
}
