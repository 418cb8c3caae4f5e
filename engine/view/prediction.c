/* prediction.c - see prediction.h.   SPDX-License-Identifier: MIT */
#include "view/prediction.h"

#include <math.h>

enum { COLUMNS = 256 };

static const double SMOOTHED = 60; /* of the tape's room: as pictures of all of it have it */

/* The line at an update, straight between its points; NaN: it does not reach there. */
static double line_at(const dy_point *points, int64_t n, double x)
{
    if (n == 0 || x < points[0].x || x > points[n - 1].x) return (double)NAN;
    int64_t i = 0;
    while (i + 1 < n && points[i + 1].x < x) i++;
    if (i + 1 == n) return points[i].y;
    double step = points[i + 1].x - points[i].x;
    double share = step > 0 ? (x - points[i].x) / step : 1;
    return points[i].y + share * (points[i + 1].y - points[i].y);
}

double dy_prediction_score(const dy_point *points, int64_t n, const dy_tape *tape)
{
    dy_point smooth[COLUMNS];
    int64_t updates = dy_tape_room(tape) > 0 ? dy_tape_room(tape) : 1;
    dy_sight sight = { .from = 0, .to = updates, .columns = COLUMNS };
    int64_t known = dy_outline_smooth(tape, sight, fmax(1, (double)updates / SMOOTHED), smooth);
    double off = 0;
    int64_t compared = 0;
    for (int64_t i = 0; i < known; i++) {
        double drawn = line_at(points, n, smooth[i].x);
        if (!(drawn > 0) || !(smooth[i].y > 0)) continue;
        off += fabs(log2(drawn / smooth[i].y));
        compared++;
    }
    return compared > 0 ? 100 * exp2(-off / (double)compared) : (double)NAN;
}
