/* crew.c - points of a sweep shared out and buried.   SPDX-License-Identifier: MIT */
#include "record/crew.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

static dy_crew *crew, *other;
static dy_error err;

static void setup(void)
{
    cr_assert(dy_crew_open(&crew, &err), "%s", err.text);
    cr_assert(dy_crew_join(&other, dup(dy_crew_descriptor(crew)), 1, &err), "%s", err.text);
    cr_assert(dy_crew_announce(crew, 0, 4, &err), "%s", err.text);
}

static void teardown(void)
{
    dy_crew_close(other);
    dy_crew_close(crew);
}

TestSuite(crew, .init = setup, .fini = teardown);

Test(crew, each_point_is_one_members)
{
    cr_expect_eq(dy_crew_claim(crew, 0), DY_CLAIM_FREE);
    cr_expect_eq(dy_crew_claim(other, 0), DY_CLAIM_TAKEN);
    cr_expect_eq(dy_crew_claim(other, 1), DY_CLAIM_FREE);
    cr_expect_eq(dy_crew_look(crew, 2), DY_CLAIM_FREE);
}

Test(crew, what_came_of_a_point_all_can_read)
{
    int64_t failed;
    dy_yield yield = { .status = DY_DONE, .updates = 7, .test_accuracy = 0.5, .id = "abc" };
    dy_crew_claim(other, 3);
    dy_crew_settle(other, 3, &yield);
    cr_expect_eq(dy_crew_claim(crew, 3), DY_CLAIM_DONE);
    cr_expect_eq(dy_crew_yield(crew, 3).updates, 7);
    cr_expect_str_eq(dy_crew_yield(crew, 3).id, "abc");
    cr_expect_eq(dy_crew_done(crew, 4, &failed), 1);
    cr_expect_eq(failed, 0);
}

Test(crew, the_points_of_the_dead_have_failed)
{
    int64_t failed;
    dy_crew_claim(crew, 0);
    dy_crew_claim(other, 1);
    dy_crew_claim(other, 2);
    cr_expect_eq(dy_crew_bury(crew, 1, "it died"), 2);
    cr_expect_eq(dy_crew_done(crew, 4, &failed), 2);
    cr_expect_eq(failed, 2);
    cr_expect_str_eq(dy_crew_yield(crew, 2).why, "it died");
    cr_expect_eq(dy_crew_look(crew, 0), DY_CLAIM_TAKEN, "the living go on");
}

Test(crew, sweeps_add_up_whoever_comes_first)
{
    cr_assert(dy_crew_announce(other, 0, 4, &err), "%s", err.text);
    cr_expect_eq(dy_crew_announced(crew), 4);
    cr_assert(dy_crew_announce(other, 4, 6, &err), "%s", err.text);
    cr_expect_eq(dy_crew_announced(crew), 10);
    cr_expect_not(dy_crew_announce(crew, 10, DY_CREW_POINTS, &err));
    cr_expect(strstr(err.text, "points; want 1 to"), "%s", err.text);
    cr_expect_not(dy_crew_announce(crew, 0, 0, &err));
}

Test(crew, a_descriptor_of_something_else_is_refused)
{
    dy_crew *none;
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_expect_not(dy_crew_join(&none, ends[0], 1, &err));
    cr_expect(strstr(err.text, "is not the points of a sweep"), "%s", err.text);
}

Test(crew, known_runs_are_found_by_id)
{
    dy_known known[] = { { .id = "aa", .yield = { .updates = 1 } },
                         { .id = "bb", .yield = { .updates = 2 } },
                         { .id = "cc", .yield = { .updates = 3 } } };
    cr_expect_eq(dy_known_find(known, 3, "bb")->updates, 2);
    cr_expect_null(dy_known_find(known, 3, "b"));
    cr_expect_null(dy_known_find(NULL, 0, "bb"));
}
