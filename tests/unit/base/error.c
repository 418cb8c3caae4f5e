/* error.c - messages are put together in order, cut where they must be, and always end.
 *
 * SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

enum { ROOM = sizeof((dy_error *)0)->text };

/* A text of n times c, for n < 2 * ROOM. */
static const char *run_of(char c, size_t n)
{
    static char text[2 * ROOM];
    memset(text, c, n);
    text[n] = '\0';
    return text;
}

Test(error, fail_fills_and_returns_false)
{
    dy_error err;
    memset(&err, 'x', sizeof err);
    cr_assert_not(dy_fail(&err, "%s:%d: %d columns; the first row has %d", "a.csv", 118, 2, 3));
    cr_assert_str_eq(err.text, "a.csv:118: 2 columns; the first row has 3");
}

Test(error, fail_in_puts_the_place_before)
{
    dy_error err;
    dy_fail(&err, "want at least 1");
    cr_assert_not(dy_fail_in(&err, "layer %d", 2));
    cr_assert_not(dy_fail_in(&err, "examples/%s:6", "01.lua"));
    cr_assert_str_eq(err.text, "examples/01.lua:6: layer 2: want at least 1");
}

Test(error, empty_parts)
{
    dy_error err;
    dy_fail(&err, "%s", "");
    cr_assert_str_eq(err.text, "");
    dy_fail_in(&err, "here");
    cr_assert_str_eq(err.text, "here: ");
    dy_fail(&err, "this");
    dy_fail_in(&err, "%s", "");
    cr_assert_str_eq(err.text, ": this");
}

Test(error, percent_signs_of_a_message_are_text)
{
    dy_error err;
    dy_fail(&err, "%s", "at 30%s of 100%n");
    dy_fail_in(&err, "%s", "%d");
    cr_assert_str_eq(err.text, "%d: at 30%s of 100%n");
}

Test(error, long_messages_are_cut)
{
    static const size_t LENGTHS[] = { ROOM - 2, ROOM - 1, ROOM, ROOM + 1, 2 * ROOM - 1 };
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        dy_error err;
        dy_fail(&err, "%s", run_of('m', LENGTHS[i]));
        size_t kept = LENGTHS[i] < ROOM ? LENGTHS[i] : ROOM - 1;
        cr_assert_eq(strlen(err.text), kept);
        cr_assert_str_eq(err.text, run_of('m', kept));
    }
}

/* Every length of the place against a full message: what is kept is the place, then what fits. */
Test(error, long_places_are_cut)
{
    for (size_t n = 0; n < ROOM + 20; n++) {
        dy_error err;
        char want[2 * ROOM];
        dy_fail(&err, "%s", run_of('m', ROOM - 1));
        dy_fail_in(&err, "%s", run_of('p', n));
        memset(want, 'm', sizeof want);
        memset(want, 'p', n);
        if (n + 3 < ROOM) memcpy(want + n, ": ", 2);
        want[n + 3 < ROOM || n >= ROOM ? ROOM - 1 : n] = '\0';
        cr_assert_str_eq(err.text, want, "a place of %zu letters", n);
    }
}

static int asked;

static bool once(void)
{
    return ++asked == 1;
}

Test(error, assertion_that_holds_asks_once)
{
    DY_ASSERT(once());
    cr_assert_eq(asked, 1);
}

Test(error, assertion_that_does_not_hold_aborts, .signal = SIGABRT)
{
    DY_ASSERT(asked == 1);
}
