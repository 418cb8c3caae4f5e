/* identity.c - what changes a run's id and what does not.   SPDX-License-Identifier: MIT */
#include "racing.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(identity, .init = open_racing, .fini = close_racing);

static const char *id_of(const struct setting *s)
{
    static char ids[4][sizeof((dy_outcome *)0)->id];
    static int next;
    char *id = ids[next++ % 4];
    strcpy(id, run_one(s).outcome->id);
    cr_assert_eq(strlen(id), 32);
    return id;
}

Test(identity, the_same_is_the_same_whatever_it_is_called)
{
    dy_spec plans[] = { one_cycle() };
    struct setting a, b;
    make_setting(&a, 1, plans);
    make_setting(&b, 1, plans);
    b.entrants[0].name = "another";
    b.spec.race.threads = 2;
    cr_expect_str_eq(id_of(&a), id_of(&b));
}

Test(identity, whatever_decides_the_result_changes_it)
{
    dy_spec plans[] = { one_cycle() }, others[] = { constant(0.1) };
    float given[2][67] = { { 0 }, { 1 } };
    struct setting base, s[11];
    make_setting(&base, 1, plans);
    for (int i = 0; i < 11; i++) make_setting(&s[i], 1, i == 8 ? others : plans);
    s[0].spec.race.seed++;
    s[1].spec.race.batch--;
    s[2].spec.race.model.activation = DY_TANH;
    s[3].spec.race.model.dropout = 0.25;
    s[4].spec.race.optim.weight_decay = 1e-4;
    s[5].spec.steps++;
    s[6].spec.script = "the code of a loop";
    s[7].spec.race.drop_last = !s[7].spec.race.drop_last;
    s[9].spec.race.model.given = given[0];
    s[10].spec.race.model.given = given[1];
    for (int i = 0; i < 11; i++) cr_expect_str_neq(id_of(&s[i]), id_of(&base), "case %d", i);
    cr_expect_str_neq(id_of(&s[9]), id_of(&s[10]), "other weights to begin with");
}

Test(identity, a_rider_has_the_id_it_would_have_alone)
{
    dy_spec plans[] = { constant(0.1), one_cycle() };
    struct setting alone, race;
    make_setting(&alone, 1, &plans[1]);
    make_setting(&race, 2, plans);
    dy_session *session = open_session(&race);
    run_out(session);
    cr_expect_str_eq(dy_session_run(session, 1).outcome->id, id_of(&alone));
    cr_expect_str_neq(dy_session_run(session, 0).outcome->id, id_of(&alone));
    dy_session_close(session);
}

static bool half_way(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    (void)self, (void)err;
    pace->lr = 0.1 - 0.002 * (double)now->step;
    return true;
}

Test(identity, a_function_counts_by_what_it_gives)
{
    dy_spec plans[] = { { .call = half_way } }, same[] = { { .call = half_way } };
    struct setting whole, cut;
    make_setting(&whole, 1, plans);
    make_setting(&cut, 1, same);
    dy_session *session = open_session(&cut);
    dy_error err;
    for (int i = 0; i < 5; i++) must(dy_session_step(session, &err), &err);
    dy_session_stop(session);
    must(dy_session_step(session, &err), &err);
    dy_run_view run = dy_session_run(session, 0);
    cr_expect_eq(status_of(&run), DY_STOPPED);
    cr_expect_str_eq(run.outcome->id, id_of(&whole), "cut short it is the same run");
    dy_session_close(session);
}
