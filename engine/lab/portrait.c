/* portrait.c - a picture of a lane's network for whoever looks: what it makes of the plane, or its first layer's weights.
 *
 * It is made between two updates, seldom enough to cost next to nothing, and moves no bit.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "lab/session_inside.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum {
    SIDE = 100, /* of the plane, pixels */
    PIXELS = SIDE * SIDE,
    UNITS_MOST = 256, /* of the first layer, drawn */
    VALUE = 255,      /* in place of a class: a regression's output follows */
};

static const double every_s = 0.1, share = 0.02; /* of the time */

/* --- what there is to draw ------------------------------------------------------------------------------------- */

static double input_at(const dy_split *split, int64_t row, int j)
{
    int64_t i = 2 * row + j;
    return split->bytes ? (double)split->bytes[i] : (double)split->floats[i];
}

/* A square around the training examples, with some air. */
static void frame_plane(dy_portrait *p, const dy_split *split)
{
    const double air = 0.06;
    double lo[2] = { HUGE_VAL, HUGE_VAL }, hi[2] = { -HUGE_VAL, -HUGE_VAL };
    for (int64_t row = 0; row < split->rows; row++)
        for (int j = 0; j < 2; j++) {
            lo[j] = fmin(lo[j], input_at(split, row, j));
            hi[j] = fmax(hi[j], input_at(split, row, j));
        }
    double width = fmax(hi[0] - lo[0], hi[1] - lo[1]);
    double half = (width > 0 ? width : 1) * (0.5 + air);
    for (int j = 0; j < 2; j++) {
        double middle = lo[j] + (hi[j] - lo[j]) / 2;
        p->from[j] = middle - half;
        p->to[j] = middle + half;
    }
}

/* As many as there is room for, evenly from each split, the held-out ones after those that are trained on. */
static void add_examples(dy_portrait *p, const dy_split *split, int64_t room, bool held_out)
{
    int64_t n = split->rows < room ? split->rows : room;
    for (int64_t i = 0; i < n; i++) {
        int64_t row = i * split->rows / n;
        p->examples[p->n_examples++] =
            (dy_example){ .x = (float)input_at(split, row, 0),
                          .y = (float)input_at(split, row, 1),
                          .class = split->labels ? split->labels[row] : -1,
                          .held_out = held_out };
    }
}

static void set_plane(dy_portrait *p, const dy_dataset *data)
{
    const int64_t held_out = DY_PORTRAIT_EXAMPLES / 4;
    p->width = p->height = SIDE;
    p->tiles = 1;
    frame_plane(p, &data->train);
    add_examples(p, &data->train, DY_PORTRAIT_EXAMPLES - held_out, false);
    add_examples(p, &data->test, held_out, true);
}

static void size_tiles(dy_portrait *p, const dy_dataset *data, int64_t units)
{
    bool images = data->image_rows * data->image_cols == data->inputs;
    int64_t fit = DY_PORTRAIT_BYTES / (2 * data->inputs);
    int64_t tiles = units < UNITS_MOST ? units : UNITS_MOST;
    p->width = (int32_t)(images ? data->image_cols : data->inputs);
    p->height = (int32_t)(images ? data->image_rows : 1);
    p->tiles = (int32_t)(tiles < fit ? tiles : fit);
}

static bool is_plane(const dy_session *session)
{
    const dy_dataset *data = session->data;
    return data->inputs == 2 && (data->task == DY_CLASSIFY || data->outputs == 1);
}

bool dy_portrait_open(dy_session *session, dy_error *err)
{
    dy_sitting *s = &session->sitting;
    dy_arena *arena = &session->arena;
    int64_t inputs = session->data->inputs;
    if (!session->lab->watched || session->aside || 2 * inputs > DY_PORTRAIT_BYTES) return true;
    dy_portrait *p = dy_arena_reserve(arena, 1, sizeof *p, err);
    if (!p) return false;
    memset(p, 0, offsetof(dy_portrait, pixels));
    p->kind = is_plane(session) ? DY_PORTRAIT_PLANE : DY_PORTRAIT_WEIGHTS;
    p->run = -1;
    p->step = -1;
    if (p->kind == DY_PORTRAIT_PLANE) {
        set_plane(p, session->data);
        if (!dy_mat_take(&s->x, arena, session->batch, inputs, err) ||
            !dy_mat_take(&s->y, arena, session->batch, session->data->outputs, err))
            return false;
    } else {
        size_tiles(p, session->data, session->model.widths[1]);
    }
    s->portrait = p;
    return true;
}

/* --- the plane ------------------------------------------------------------------------------------------------- */

/* Inputs of pixels first, first+1, ... as the network takes them; rows go from the top down. */
static void fill_inputs(const dy_session *session, int64_t first, dy_mat x)
{
    const dy_portrait *p = session->sitting.portrait;
    const dy_dataset *data = session->data;
    for (int64_t i = 0; i < x.rows; i++) {
        int64_t column = (first + i) % SIDE, row = (first + i) / SIDE;
        double right = ((double)column + 0.5) / SIDE;
        double up = 1 - ((double)row + 0.5) / SIDE;
        double at[] = { p->from[0] + right * (p->to[0] - p->from[0]),
                        p->from[1] + up * (p->to[1] - p->from[1]) };
        for (int j = 0; j < 2; j++)
            x.at[i * x.row_stride + j] = data->scale[j] * (float)at[j] + data->shift[j];
    }
}

static void colour_class(unsigned char *pixel, const float *y, int64_t classes)
{
    int64_t best = 0;
    for (int64_t c = 1; c < classes; c++)
        if (y[c] > y[best]) best = c;
    double least = 1.0 / (double)classes; /* nobody is less sure of the likeliest class */
    double sure = ((double)y[best] - least) / (1 - least);
    pixel[0] = (unsigned char)(best < VALUE ? best : VALUE - 1);
    pixel[1] = (unsigned char)lround(255 * fmin(1, fmax(0, sure)));
}

/* 0 is in the middle, and 1 as far from it as can be seen. */
static void colour_value(unsigned char *pixel, float y)
{
    pixel[0] = VALUE;
    pixel[1] = (unsigned char)lround(127.5 * (1 + tanh((double)y)));
}

static void draw_plane(dy_session *session, int lane)
{
    const dy_sitting *s = &session->sitting;
    bool classes = session->data->task == DY_CLASSIFY;
    for (int64_t first = 0; first < PIXELS;) {
        int64_t left = PIXELS - first;
        int64_t rows = left < s->x.rows ? left : s->x.rows;
        dy_mat x = dy_mat_rows(s->x, 0, rows), y = dy_mat_rows(s->y, 0, rows);
        fill_inputs(session, first, x);
        dy_session_predict(session, lane, x, y);
        for (int64_t i = 0; i < rows; i++, first++) {
            unsigned char *pixel = &s->portrait->pixels[2 * first];
            const float *row = y.at + i * y.row_stride;
            if (classes)
                colour_class(pixel, row, y.cols);
            else
                colour_value(pixel, row[0]);
        }
    }
}

/* --- weights --------------------------------------------------------------------------------------------------- */

static double greatest(dy_mat w, int64_t unit)
{
    double most = 0;
    for (int64_t i = 0; i < w.rows - 1; i++)
        most = fmax(most, fabs((double)w.at[i * w.row_stride + unit]));
    return most;
}

/* Each unit on its own scale; without its bias. */
static void draw_weights(dy_session *session, int lane)
{
    dy_portrait *p = session->sitting.portrait;
    dy_mat w = dy_session_weights(session, lane, 0);
    unsigned char *pixel = p->pixels;
    for (int64_t unit = 0; unit < p->tiles; unit++) {
        double most = greatest(w, unit);
        for (int64_t i = 0; i < w.rows - 1; i++, pixel += 2) {
            double weight = (double)w.at[i * w.row_stride + unit];
            double level = most > 0 && isfinite(most) ? weight / most : 0;
            pixel[0] = (unsigned char)(128 + lround(127 * level));
            pixel[1] = 255;
        }
    }
}

/* --- when ------------------------------------------------------------------------------------------------------ */

/* The lane whose portrait is wanted and would be another than the last; -1: none. */
static int sitter_of(const dy_session *session)
{
    const dy_control *control = dy_board_control(session->lab->board);
    const dy_portrait *last = session->sitting.portrait;
    int run = atomic_load_explicit(&control->sitter, memory_order_relaxed) - 1;
    if (run < 0) return -1;
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        if (lane->run.index != run) continue;
        int64_t len = dy_lane_len(lane);
        bool there = dy_race_at(session->race, lane->place) == len;
        return there && (last->run != run || last->step != len) ? i : -1;
    }
    return -1;
}

void dy_portrait_sit(dy_session *session)
{
    dy_sitting *s = &session->sitting;
    int lane = s->portrait ? sitter_of(session) : -1;
    if (lane < 0) return;
    double now = dy_now_s();
    if (now < s->due && session->running > 0) return; /* the last one is made in any case */
    s->portrait->run = session->lane[lane].run.index;
    s->portrait->step = dy_lane_len(&session->lane[lane]);
    if (s->portrait->kind == DY_PORTRAIT_PLANE)
        draw_plane(session, lane);
    else
        draw_weights(session, lane);
    dy_board_show(session->lab->board, s->portrait);
    s->due = now + fmax(every_s, (dy_now_s() - now) / share);
}
