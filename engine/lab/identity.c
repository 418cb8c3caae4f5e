/* identity.c - see identity.h.   SPDX-License-Identifier: MIT */
#include "lab/identity.h"

#include "base/digest.h"
#include "learn/blas.h"

/* One more when the same specification begins to give other bits. */
static const char GENERATION[] = "derny 1";

static void add_model(dy_digest *digest, const dy_mlp_spec *model)
{
    dy_digest_whole(digest, model->n_layers);
    for (int i = 0; i <= model->n_layers; i++) dy_digest_whole(digest, model->widths[i]);
    dy_digest_whole(digest, model->activation);
    dy_digest_whole(digest, model->init);
    dy_digest_real(digest, model->dropout);
    if (model->given)
        dy_digest_bytes(digest, model->given,
                        (size_t)dy_mlp_parameters(model) * sizeof *model->given);
}

/* Its own momentum counts through the plan, which falls back on it. */
static void add_optim(dy_digest *digest, const dy_optim_spec *optim)
{
    dy_digest_whole(digest, optim->kind);
    dy_digest_whole(digest, optim->dialect);
    dy_digest_whole(digest, optim->nesterov);
    dy_digest_real(digest, optim->beta2);
    dy_digest_real(digest, optim->eps);
    dy_digest_real(digest, optim->weight_decay);
    dy_digest_whole(digest, optim->decoupled);
    dy_digest_real(digest, optim->clip_norm);
}

static void add_race(dy_digest *digest, const dy_race_spec *race)
{
    uint8_t data[DY_DIGEST_BYTES];
    dy_dataset_digest(race->data, data);
    dy_digest_bytes(digest, data, sizeof data);
    add_model(digest, &race->model);
    dy_digest_whole(digest, race->loss.kind);
    dy_digest_real(digest, race->loss.smoothing);
    add_optim(digest, &race->optim);
    dy_digest_whole(digest, race->batch);
    dy_digest_whole(digest, race->drop_last);
    dy_digest_whole(digest, (int64_t)race->seed);
}

static void add_rule(dy_digest *digest, const dy_feedback_rule *rule)
{
    const int64_t wholes[] = { rule->kind,        rule->from,     rule->until,
                               rule->patience,    rule->absolute, rule->rising,
                               rule->cooldown,    rule->warmup,   rule->window,
                               rule->reset_after, rule->origin };
    const double reals[] = { rule->factor, rule->threshold, rule->least_lr, rule->eps,
                             rule->most_lr };

    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        dy_digest_whole(digest, wholes[i]);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) dy_digest_real(digest, reals[i]);
    for (int64_t t = rule->from; rule->jitter && t < rule->until; t++)
        dy_digest_real(digest, dy_curve_at(rule->jitter, (double)(t - rule->origin)));
}

/* What update `step` uses by the schedule itself: of a function what it gave, which is on the tape. */
static bool ask(const dy_identity_spec *spec, const dy_pacer *pacer, int64_t step,
                dy_pace *pace, dy_error *err)
{
    bool known = spec->tape && spec->plan->call && step < dy_tape_len(spec->tape);
    if (!known) return dy_pacer_at(pacer, step, pace, err);
    dy_sample sample = dy_tape_sample(spec->tape, step);
    *pace = (dy_pace){ sample.lr, sample.momentum };
    return true;
}

/* Feedback is in the rules; what it makes of a loss that nobody has seen yet follows from the rest. */
static bool add_plan(dy_digest *digest, const dy_identity_spec *spec, dy_error *err)
{
    const dy_plan *plan = spec->plan;
    dy_pacer pacer = dy_pacer_make(plan, spec->race->optim.momentum);
    dy_digest_whole(digest, plan->span.steps);
    for (int64_t step = 0; step < plan->span.steps; step++) {
        dy_pace pace;
        if (!ask(spec, &pacer, step, &pace, err)) return false;
        dy_digest_real(digest, pace.lr);
        dy_digest_real(digest, pace.momentum);
    }
    for (int32_t i = 0; i < plan->n_feedbacks; i++) {
        dy_feedback_rule rule = plan->feedback[i];
        if (rule.until > plan->span.steps) rule.until = plan->span.steps;
        add_rule(digest, &rule);
    }
    return true;
}

bool dy_identity_make(char id[DY_ID_DIGITS + 1], const dy_identity_spec *spec, dy_error *err)
{
    dy_digest digest;
    uint8_t sum[DY_DIGEST_BYTES];
    if (spec->plan->span.steps > DY_ID_STEPS_MOST)
        return dy_fail(err, "a run of more than 2^28 updates has no id");
    dy_digest_init(&digest);
    dy_digest_text(&digest, GENERATION);
    dy_digest_text(&digest, dy_blas_kernels());
    add_race(&digest, spec->race);
    dy_digest_whole(&digest, spec->eval_every);
    if (!add_plan(&digest, spec, err)) return false;
    dy_digest_text(&digest, spec->script ? spec->script : "");
    dy_digest_end(&digest, sum);
    dy_digest_hex(sum, DY_ID_DIGITS / 2, id);
    return true;
}

void dy_identity_of_race(char id[DY_ID_DIGITS + 1], const dy_race_spec *race)
{
    dy_digest digest;
    uint8_t sum[DY_DIGEST_BYTES];
    dy_digest_init(&digest);
    dy_digest_text(&digest, GENERATION);
    add_race(&digest, race);
    dy_digest_end(&digest, sum);
    dy_digest_hex(sum, DY_ID_DIGITS / 2, id);
}
