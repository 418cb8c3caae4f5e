/* keep_weights.c - see keep_weights.h.   SPDX-License-Identifier: MIT */
#include "lua/keep_weights.h"

#include "lab/message.h"
#include "learn/weights.h"

#include <math.h>
#include <string.h>

/* Whether x comes before y, least first; NaN, for no value, comes last. */
static int compare(double x, double y)
{
    if (isnan(x) || isnan(y)) return isnan(x) - isnan(y);
    return (x > y) - (x < y);
}

static bool better(const dy_session *session, int a, int b)
{
    const dy_outcome *x = dy_session_run(session, a).outcome;
    const dy_outcome *y = dy_session_run(session, b).outcome;
    int order = compare(-x->test_accuracy, -y->test_accuracy);
    if (order == 0) order = compare(x->test_loss, y->test_loss);
    if (order == 0) order = compare(x->train_loss, y->train_loss);
    return order < 0;
}

int dy_best_lane(const dy_session *session)
{
    int best = 0;
    for (int lane = 1; lane < dy_session_lanes(session); lane++)
        if (!dy_session_run(session, lane).card->aside && better(session, lane, best))
            best = lane;
    return best;
}

void dy_keep_weights(dy_host *host, dy_session *session)
{
    dy_kept_weights *kept = host->keep;
    dy_error err;
    if (!kept) return;
    const dy_mlp_spec *model = dy_session_model(session);
    int lane = dy_best_lane(session);
    dy_run_view run = dy_session_run(session, lane);
    dy_arena_close(&kept->arena);
    kept->any = false;
    kept->flat = dy_arena_take(&kept->arena, dy_mlp_parameters(model), sizeof(float), &err);
    if (!kept->flat) {
        dy_message_say(host->lab->out, DY_MESSAGE_WARN, "the weights of %.63s: %s",
                       run.card->name, err.text);
        return;
    }
    float *to = kept->flat;
    for (int i = 0; i < model->n_layers; i++)
        to = dy_weights_store(dy_session_weights(session, lane, i), to);
    kept->any = true;
    kept->head = (dy_weights_head){ .model = *model,
                                    .seed = run.card->seed,
                                    .updates = dy_tape_len(run.tape),
                                    .test_loss = run.outcome->test_loss,
                                    .test_accuracy = run.outcome->test_accuracy };
    memcpy(kept->head.run, run.card->name, sizeof kept->head.run);
}
