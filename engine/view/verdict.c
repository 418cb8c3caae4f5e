/* verdict.c - see verdict.h.   SPDX-License-Identifier: MIT */
#include "view/verdict.h"

#include "base/text.h"
#include "view/standing.h"

#include <math.h>

dy_verdict_kind dy_verdict_says(const dy_draft *draft)
{
    dy_verdict_kind says = DY_SAY_NOTHING;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_outcome *o = draft->traces[i].run.outcome;
        bool running = o->status == DY_RUNNING && dy_tape_len(draft->traces[i].run.tape) > 0;
        dy_verdict_kind has = running                      ? DY_SAY_LOSS
                              : isfinite(o->test_accuracy) ? DY_SAY_ACCURACY
                              : isfinite(o->test_loss)     ? DY_SAY_TEST_LOSS
                              : isfinite(o->train_loss)    ? DY_SAY_TRAIN_LOSS
                                                           : DY_SAY_NOTHING;
        bool ended = o->status != DY_RUNNING;
        if (dy_draft_named(&draft->traces[i]) && (running || ended) && has < says) says = has;
    }
    return says;
}

const char *dy_verdict_name(dy_verdict_kind says)
{
    static const char *const NAMES[] = { "loss", "test accuracy", "test loss", "train loss",
                                         "" };
    return NAMES[says];
}

bool dy_verdict_diverged(const dy_trace *trace)
{
    return trace->run.outcome->status == DY_DIVERGED;
}

/* The end of the smoothed curve where it is in sight, so that the number is what the picture shows. */
static double loss_now(const dy_draft *draft, int32_t run)
{
    const dy_tape *tape = draft->traces[run].run.tape;
    for (int32_t p = 0; draft->plots && p < draft->n_panes; p++) {
        const dy_stroke *smooth = &dy_plot_of(draft, p, run)->smooth;
        bool loss = draft->specs[p].kind == DY_PANE_LOSS && smooth->n > 0;
        if (loss && draft->sight.to >= dy_tape_len(tape))
            return smooth->points[smooth->n - 1].y;
    }
    return dy_recent_loss(tape);
}

void dy_verdict_text(const dy_draft *draft, int32_t run, dy_verdict_kind says, char *to,
                     size_t size)
{
    const dy_trace *trace = &draft->traces[run];
    const dy_outcome *o = trace->run.outcome;
    double value = says == DY_SAY_LOSS        ? loss_now(draft, run)
                   : says == DY_SAY_ACCURACY  ? 100 * o->test_accuracy
                   : says == DY_SAY_TEST_LOSS ? o->test_loss
                                              : o->train_loss;
    to[0] = '\0';
    if (dy_verdict_diverged(trace))
        snprintf(to, size, "diverged");
    else if (!isfinite(value) || says == DY_SAY_NOTHING)
        return;
    else if (says == DY_SAY_ACCURACY)
        snprintf(to, size, "%.2f %%", fmax(-1e6, fmin(value, 1e6)));
    else
        dy_format_loss(to, size, value);
}
