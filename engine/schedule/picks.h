/* picks.h - the known suggestions for lr, each a rule about the loss over lr of one range test.
 *
 * They disagree, by a factor of ten and more; each is as its inventors' code has it, but that a rule says nothing where theirs
 * would fail or wrap around. All take rising rates and the smoothed losses that belong to them.
 * source: fastai, callback/schedule.py (valley, slide, minimum, steep)
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdint.h>

typedef enum dy_pick {
    DY_PICK_VALLEY,   /* within the longest fall */
    DY_PICK_STEEPEST, /* where the loss falls fastest */
    DY_PICK_MINIMUM,  /* a tenth of where the loss is least */
    DY_PICK_SLIDE,    /* before the slope begins to swing */
    DY_PICKS,
} dy_pick;

/* "valley", ...; NULL-terminated. */
extern const char *const DY_PICK_NAMES[];

/* Each returns a rate, or NaN. lr, loss: [n] */

/* Of the longest strictly falling subsequence of losses (the first, of equals), of length L and ending at e: the rate number
 * e - L + [L/3] + [L/6], half way along it if it has no gaps. Where L < 3, none. scratch: [n] */
double dy_pick_valley(const double *lr, const double *loss, int64_t n, double *scratch);

/* The left end of the step with the least slope of loss over log lr; none where the loss never falls. */
double dy_pick_steepest(const double *lr, const double *loss, int64_t n);

/* A tenth of the rate of the least loss; none where that is the first. */
double dy_pick_minimum(const double *lr, const double *loss, int64_t n);

/* From the right end, two places `window` apart slide left while their slopes (central differences per update) differ by more
 * than `threshold`; the rate of the left one before the first that do not. None where n <= window. window >= 1 */
double dy_pick_slide(const double *lr, const double *loss, int64_t n, int64_t window,
                     double threshold);

/* All of them: of the curve from a tenth of the `planned` updates on, without its last 5, as fastai cuts it. But the steepest is
 * looked for up to the least loss only (a loss that has got out of hand falls steeply, too), and the slide's window
 * and threshold are fastai's defaults, 15 updates and 0.005 per update at its 12.5 updates a decade, stretched to how many
 * there are here. scratch: [n] */
void dy_picks_make(double picks[DY_PICKS], const double *lr, const double *loss, int64_t n,
                   int64_t planned, double *scratch);
