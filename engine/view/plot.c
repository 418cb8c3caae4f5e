/* plot.c - see plot.h.   SPDX-License-Identifier: MIT */
#include "view/plot.h"

#include <math.h>
#include <string.h>

enum { BAND_FROM = 2 }; /* updates in a column: raw ones are a band, not a line */

static const double LEAST_SMOOTHED = 60; /* updates in sight: fewer are shown as they are */

typedef struct reader {
    dy_draft *draft;
    dy_point *scratch; /* the draft's: [4 * columns] */
    const dy_trace *trace;
    double begin; /* what lies before is another's */
} reader;

dy_sight dy_plot_sight(const dy_draft *draft)
{
    const dy_view *view = draft->view;
    dy_sight sight = { .columns = (int64_t)view->width_px };
    if (view->to > view->from) {
        sight.from = view->from;
        sight.to = view->to;
        return sight;
    }
    sight.to = 1;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_run_view *run = &draft->traces[i].run;
        bool running = run->outcome->status == DY_RUNNING;
        int64_t n = running ? dy_tape_room(run->tape) : dy_tape_len(run->tape);
        if (draft->traces[i].show != DY_HIDDEN && n > sight.to) sight.to = n;
    }
    return sight;
}

double dy_plot_smoothing(const dy_draft *draft, dy_sight sight)
{
    double asked = draft->view->smoothing;
    if (asked >= 0) return asked;
    double n = (double)(sight.to - sight.from);
    return n < LEAST_SMOOTHED ? 0 : ceil(n / LEAST_SMOOTHED);
}

const dy_plot *dy_plot_of(const dy_draft *draft, int32_t pane, int32_t run)
{
    return &draft->plots[(ptrdiff_t)pane * draft->n + run];
}

/* ---- where a run's own part begins ---- */

static const dy_trace *parent_of(const dy_draft *draft, const dy_trace *trace)
{
    const dy_card *card = trace->run.card;
    for (int32_t i = 0; card->branched && i < draft->n; i++) {
        int32_t index = draft->traces[i].run.index;
        if (index == card->parent && index < trace->run.index) return &draft->traces[i];
    }
    return NULL;
}

/* The update that the run branched off at, from the nearest before it that is drawn in full. */
static int64_t branched_at(const dy_draft *draft, const dy_trace *trace)
{
    int64_t least = INT64_MAX;
    const dy_trace *parent = parent_of(draft, trace);
    for (; parent; parent = parent_of(draft, trace)) {
        if (trace->run.card->from < least) least = trace->run.card->from;
        if (parent->show == DY_SHOWN || parent->show == DY_STRONG) return least;
        trace = parent;
    }
    return 0;
}

/* The update from which on another run has taken the lane over. */
static int64_t given_up_at(const dy_draft *draft, const dy_trace *trace)
{
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_trace *other = &draft->traces[i];
        const dy_card *card = other->run.card;
        bool heir = card->branched && !card->aside && other->run.index > trace->run.index &&
                    card->race == trace->run.card->race && card->lane == trace->run.card->lane;
        if (heir && card->from < least) least = card->from;
    }
    return least == INT64_MAX ? 0 : least;
}

static double begin_of(const dy_draft *draft, const dy_trace *trace)
{
    int64_t at =
        trace->show == DY_FAINT ? given_up_at(draft, trace) : branched_at(draft, trace);
    return (double)at - 1; /* from the last update that is shared, so that lines join */
}

/* ---- reading ---- */

/* Keeps what of the scratch's n points is the run's own. */
static dy_stroke keep(reader *r, int64_t n)
{
    int64_t skip = 0;
    while (skip < n && r->scratch[skip].x < r->begin) skip++;
    dy_stroke stroke = { .n = n - skip };
    stroke.points = dy_draft_take(r->draft, stroke.n, sizeof *stroke.points);
    if (!stroke.points) return (dy_stroke){ 0 };
    memcpy(stroke.points, r->scratch + skip, (size_t)stroke.n * sizeof *stroke.points);
    return stroke;
}

/* The same of a band: as much from either end. */
static dy_stroke keep_band(reader *r, int64_t n)
{
    int64_t skip = 0;
    while (skip < n / 2 && r->scratch[skip].x < r->begin) skip++;
    return keep(r, n - skip);
}

/* The rate that acts, or a channel. */
static double value_at(const dy_trace *trace, dy_pane_kind kind, int64_t step, bool *planned)
{
    if (kind != DY_PANE_RATE) return dy_trace_at(trace, (dy_channel)kind, step, planned);
    double lr = dy_trace_at(trace, DY_LR, step, planned);
    return dy_acting_rate(lr, dy_trace_at(trace, DY_MOMENTUM, step, planned));
}

/* A point for each column of what is planned in sight, after the last that was. */
static void read_ghost(reader *r, dy_pane_kind kind, dy_plot *plot)
{
    dy_sight sight = r->draft->sight;
    const dy_trace *trace = r->trace;
    int64_t len = dy_tape_len(trace->run.tape);
    int64_t from = len > sight.from ? len - 1 : sight.from;
    int64_t last = trace->run.card->steps - 1;
    if (trace->run.outcome->status != DY_RUNNING || trace->show == DY_FAINT) return;
    if (last > sight.to) last = sight.to;
    int64_t parts = last - from < sight.columns ? last - from : sight.columns;
    int64_t n = 0;
    for (int64_t k = 0; k <= parts && parts > 0; k++) {
        int64_t step = from + (int64_t)((double)k / (double)parts * (double)(last - from));
        bool planned;
        double value = step >= 0 ? value_at(trace, kind, step, &planned) : (double)NAN;
        if (isfinite(value)) r->scratch[n++] = (dy_point){ (double)step, value };
    }
    plot->ghost = keep(r, n > 1 ? n : 0);
}

static void read_channel(reader *r, dy_pane_kind kind, dy_plot *plot)
{
    dy_sight sight = r->draft->sight;
    const dy_tape *tape = r->trace->run.tape;
    plot->line = keep(r, dy_outline_exact(tape, (dy_channel)kind, sight, r->scratch));
    read_ghost(r, kind, plot);
}

static void read_rate(reader *r, dy_pane_kind kind, dy_plot *plot)
{
    const dy_tape *tape = r->trace->run.tape;
    plot->line = keep(r, dy_outline_rate(tape, r->draft->sight, r->scratch));
    read_ghost(r, kind, plot);
}

/* Adds a point unless it lies before the last one, or its column is full. */
static int64_t collect(reader *r, int64_t n, int64_t step, double value, int64_t most)
{
    dy_sight sight = r->draft->sight;
    if (step < sight.from || step > sight.to || !isfinite(value)) return n;
    if (n > 0 && r->scratch[n - 1].x > (double)step) return n;
    double apart = (double)(sight.to - sight.from) / (double)sight.columns;
    bool full = n >= most && (double)step - r->scratch[n - most].x < apart;
    if (full) n--; /* the newest stands for it */
    r->scratch[n] = (dy_point){ (double)step, value };
    return n + 1;
}

static dy_stroke read_scores(reader *r, bool accuracy)
{
    int64_t n = 0;
    for (int64_t i = 0; i < r->trace->marks; i++) {
        const dy_mark *mark = &r->trace->run.marks[i];
        double value = accuracy ? 100 * mark->accuracy : mark->loss;
        if (mark->kind == DY_MARK_SCORE) n = collect(r, n, mark->step, value, 1);
    }
    return keep(r, n);
}

static dy_stroke smooth_loss(reader *r)
{
    double smoothing = r->draft->smoothing;
    if (smoothing <= 0) return (dy_stroke){ 0 };
    const dy_tape *tape = r->trace->run.tape;
    return keep(r, dy_outline_smooth(tape, r->draft->sight, smoothing, r->scratch));
}

static void read_loss(reader *r, dy_pane_kind kind, dy_plot *plot)
{
    (void)kind;
    dy_sight sight = r->draft->sight;
    const dy_tape *tape = r->trace->run.tape;
    plot->smooth = smooth_loss(r);
    plot->band = plot->smooth.n > 0 && sight.to - sight.from > BAND_FROM * sight.columns;
    plot->line = plot->band ? keep_band(r, dy_outline_band(tape, DY_LOSS, sight, r->scratch))
                            : keep(r, dy_outline_exact(tape, DY_LOSS, sight, r->scratch));
    plot->dots = read_scores(r, false);
}

/* The loss against lr, both at the smoothed curve's points; of few updates each one's. */
static void read_loop(reader *r, dy_pane_kind kind, dy_plot *plot)
{
    (void)kind;
    const dy_tape *tape = r->trace->run.tape;
    bool smooth = r->draft->smoothing > 0;
    plot->line = smooth ? smooth_loss(r)
                        : keep(r, dy_outline_exact(tape, DY_LOSS, r->draft->sight, r->scratch));
    int64_t n = 0;
    for (int64_t i = 0; i < plot->line.n; i++) {
        dy_point at = plot->line.points[i];
        double lr = dy_tape_at(tape, DY_LR, (int64_t)at.x);
        if (isfinite(lr)) plot->line.points[n++] = (dy_point){ lr, at.y };
    }
    plot->line.n = n;
}

static void read_accuracy(reader *r, dy_pane_kind kind, dy_plot *plot)
{
    (void)kind;
    plot->dots = read_scores(r, true);
    plot->line = plot->dots;
}

/* An exponential moving average of points that need not be evenly apart. */
static dy_stroke smooth_points(reader *r, const dy_stroke *line)
{
    double sum = 0;
    double weight = 0;
    for (int64_t i = 0; i < line->n; i++) {
        double apart = i > 0 ? line->points[i].x - line->points[i - 1].x : 1;
        double gain = -expm1(-fmax(apart, 1) / r->draft->smoothing); /* above 0 */
        sum += gain * (line->points[i].y - sum);
        weight += gain * (1 - weight);
        r->scratch[i] = (dy_point){ line->points[i].x, sum / weight };
    }
    return keep(r, line->n);
}

static void read_gauge(reader *r, dy_pane_kind kind, dy_plot *plot)
{
    int64_t n = 0;
    for (int64_t i = 0; i < r->trace->gauges; i++) {
        const dy_gauge *gauge = &r->trace->run.gauges[i];
        float value = kind == DY_PANE_RATIO ? gauge->update_ratio : gauge->gradient_norm;
        n = collect(r, n, gauge->step, (double)value, DY_OUTLINE_POINTS / 2);
    }
    plot->line = keep(r, n);
    if (r->draft->smoothing > 0) plot->smooth = smooth_points(r, &plot->line);
}

typedef void read_fn(reader *r, dy_pane_kind kind, dy_plot *plot);

static read_fn *const READ[DY_PANE_KINDS] = {
    [DY_PANE_LR] = read_channel,        [DY_PANE_MOMENTUM] = read_channel,
    [DY_PANE_LOSS] = read_loss,         [DY_PANE_RATE] = read_rate,
    [DY_PANE_ACCURACY] = read_accuracy, [DY_PANE_GRADIENT] = read_gauge,
    [DY_PANE_RATIO] = read_gauge,       [DY_PANE_LOOP] = read_loop,
};

void dy_plot_read(dy_draft *draft)
{
    reader r = { .draft = draft };
    int64_t count = (int64_t)draft->n_panes * draft->n;
    draft->plots = dy_draft_take(draft, count, sizeof *draft->plots);
    draft->scratch_room = DY_OUTLINE_POINTS * draft->sight.columns;
    draft->scratch = dy_draft_take(draft, draft->scratch_room, sizeof *draft->scratch);
    r.scratch = draft->scratch;
    for (int32_t i = 0; i < draft->n; i++) {
        r.trace = &draft->traces[i];
        if (r.trace->show == DY_HIDDEN) continue;
        r.begin = begin_of(draft, r.trace);
        for (int32_t p = 0; p < draft->n_panes && !draft->failed; p++) {
            read_fn *read = READ[draft->specs[p].kind];
            if (read)
                read(&r, draft->specs[p].kind, &draft->plots[(ptrdiff_t)p * draft->n + i]);
        }
    }
}

/* The last point at or before the step. */
static double value_on(const dy_stroke *stroke, double step)
{
    int64_t from = 0;
    int64_t to = stroke->n;
    while (from < to) {
        int64_t middle = from + (to - from) / 2;
        if (stroke->points[middle].x <= step)
            from = middle + 1;
        else
            to = middle;
    }
    return from > 0 ? stroke->points[from - 1].y : (double)NAN;
}

double dy_plot_value(const dy_draft *draft, int32_t pane, int32_t run, int64_t step,
                     bool *planned)
{
    const dy_trace *trace = &draft->traces[run];
    const dy_plot *plot = dy_plot_of(draft, pane, run);
    dy_pane_kind kind = draft->specs[pane].kind;
    bool over = step >= dy_tape_len(trace->run.tape);
    *planned = false;
    if (step < 0) return (double)NAN;
    if (kind == DY_PANE_LOSS && !over && plot->smooth.n == 0)
        return dy_trace_at(trace, DY_LOSS, step, planned);
    if (kind == DY_PANE_LR || kind == DY_PANE_MOMENTUM || kind == DY_PANE_RATE)
        return value_at(trace, kind, step, planned);
    if (over && kind == DY_PANE_LOSS) return (double)NAN;
    return value_on(plot->smooth.n > 0 ? &plot->smooth : &plot->line, (double)step);
}
