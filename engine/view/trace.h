/* trace.h - a run as it is to be shown: its record, its plan ahead, its colour.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "record/board.h"
#include "schedule/curve.h"

typedef enum dy_show {
    DY_SHOWN,
    DY_HIDDEN,
    DY_STRONG, /* where one is, those that are DY_SHOWN step back */
    DY_FAINT,  /* drawn faintly, and named nowhere: the future that a rewind gave up */
} dy_show;

typedef struct dy_trace {
    dy_run_view run;
    int64_t marks, gauges; /* how many of run.marks and run.gauges are final */
    /* What is to come, of lr and of momentum: drawn from the tape's end to the card's last step. Borrowed; NULL: not
     * known. [DY_LOSS] is not used */
    const dy_curve *plan[DY_CHANNELS];
    int32_t colour; /* of dy_theme_run */
    dy_show show;
} dy_trace;

/* Every run of the board that is one. Each has a colour of its own, but a run aside its parent's, and one that a rewind
 * made as well: it goes on in its parent's lane. So adding or hiding one recolours none. All are DY_SHOWN, but DY_FAINT where a
 * rewind took over the lane. Without plans. Fails when memory is short. */
bool dy_traces_read(dy_trace **traces, int32_t *n, const dy_board *board, dy_arena *arena,
                    dy_error *err);

/* A channel at an update, as it was or, after the tape's end, as it is planned; NaN: neither. step >= 0 */
double dy_trace_at(const dy_trace *trace, dy_channel channel, int64_t step, bool *planned);
