/* branching.c - see branching.h.   SPDX-License-Identifier: MIT */
#include "branching.h"

#include <criterion/criterion.h>

const int64_t BUDGETS[N_BUDGETS] = { 0, 3 * 8192, 1 << 20 };

struct setting *make_kind(struct setting *s, int kind, dy_spec *plans, int64_t budget)
{
    static int32_t opened;
    plans[0] = kind == PLATEAU ? schedule("plateau", "lr", 0.05, "patience", 0) : one_cycle();
    plans[1] = constant(0.05);
    make_setting(s, 2, plans);
    s->spec.number = addressed = opened++;
    s->spec.snapshots = budget;
    s->spec.eval_every = 3;
    if (kind == ADAM) s->spec.race.optim = dy_adam_defaults();
    if (kind == CLIPPED) s->spec.race.optim.clip_norm = 0.1;
    return s;
}

static void same_outcome(const dy_run_view *a, const dy_run_view *b)
{
    cr_expect_eq(status_of(a), status_of(b));
    cr_expect_eq(a->outcome->updates, b->outcome->updates);
    cr_expect(a->outcome->train_loss == b->outcome->train_loss);
    cr_expect(a->outcome->test_loss == b->outcome->test_loss);
    cr_expect(a->outcome->test_accuracy == b->outcome->test_accuracy);
}

static void same_marks(const dy_run_view *a, const dy_run_view *b)
{
    int64_t n = dy_board_marks(lab.board, a->index);
    cr_assert_eq(n, dy_board_marks(lab.board, b->index));
    for (int64_t i = 0; i < n; i++) {
        cr_expect_eq(a->marks[i].step, b->marks[i].step);
        cr_expect(a->marks[i].loss == b->marks[i].loss);
    }
}

void same_run(const dy_run_view *a, const dy_run_view *b)
{
    same_tape(a->tape, b->tape);
    same_marks(a, b);
    same_outcome(a, b);
}

void same_start(const dy_tape *a, const dy_tape *b, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        dy_sample x = dy_tape_sample(a, i), y = dy_tape_sample(b, i);
        cr_assert(x.lr == y.lr && x.momentum == y.momentum && x.loss == y.loss, "update %d",
                  (int)i);
    }
}
