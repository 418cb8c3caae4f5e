/* race.c - lanes take turns: forward, backward and update of one, then of the next.
 *
 * Their products are not joined into one K times as wide. That was measured: kernels which need no packing do a
 * 128-wide product at 97 % of what the processor can, a 1024-wide one no faster. And apart, a lane is the same
 * bits as the same network trained alone, and one that has retired costs nothing.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/blas.h"
#include "learn/race_inside.h"

#include <math.h>
#include <string.h>

static bool check_fit(const dy_race_spec *spec, dy_error *err)
{
    const dy_dataset *data = spec->data;
    const dy_mlp_spec *model = &spec->model;
    long long in = model->widths[0], out = model->widths[model->n_layers];
    if (in != data->inputs)
        return dy_fail(err,
                       "the model has %lld inputs, but %s has %lld; make its first width %lld",
                       in, data->name, (long long)data->inputs, (long long)data->inputs);
    bool classes = data->task == DY_CLASSIFY;
    if (out != data->outputs)
        return dy_fail(
            err, "the model has %lld outputs, but %s has %lld %s; make its last width %lld",
            out, data->name, (long long)data->outputs, classes ? "classes" : "targets",
            (long long)data->outputs);
    if (classes && spec->loss.kind == DY_MSE)
        return dy_fail(err,
                       "loss mse wants numbers to predict, but %s has classes; use "
                       "cross_entropy",
                       data->name);
    if (!classes && spec->loss.kind == DY_CROSS_ENTROPY)
        return dy_fail(err,
                       "loss cross_entropy wants classes, but %s has numbers to predict; use "
                       "mse",
                       data->name);
    return true;
}

static bool check_counts(const dy_race_spec *spec, dy_error *err)
{
    enum { MANY = 4096, BATCH_MAX = 1 << 24 };

    if (spec->lanes < 1 || spec->lanes > MANY)
        return dy_fail(err, "%d lanes; want 1 to %d", spec->lanes, MANY);
    if (spec->branches < 0 || spec->branches > MANY)
        return dy_fail(err, "room for %d branches; want 0 to %d", spec->branches, MANY);
    if (spec->threads < 1 || spec->threads > MANY)
        return dy_fail(err, "%d threads; want 1 to %d", spec->threads, MANY);
    if (spec->batch < 1 || spec->batch > BATCH_MAX)
        return dy_fail(err, "batch of %lld rows; want 1 to %d", (long long)spec->batch,
                       BATCH_MAX);
    return true;
}

static bool check(const dy_race_spec *spec, dy_error *err)
{
    return dy_mlp_check(&spec->model, err) && dy_loss_check(&spec->loss, err) &&
           dy_optim_check(&spec->optim, err) && check_counts(spec, err) && check_fit(spec, err);
}

static bool take_lanes(dy_race *race, dy_error *err)
{
    int64_t room = (int64_t)race->spec.lanes + race->spec.branches;
    race->lanes = dy_arena_take(&race->arena, room, sizeof *race->lanes, err);
    for (int k = 0; race->lanes && k < race->spec.lanes; k++) {
        if (!dy_race_lane_take(race, &race->lanes[k], &race->arena, err)) return false;
        race->n_lanes++;
    }
    return race->lanes != NULL;
}

/* BLIS takes its own memory at the first product that needs it: so that is here. */
static void warm_up(dy_race *race)
{
    dy_batch batch = dy_batches_rows(race->train, 0);
    dy_input_set(&race->input, &batch);
    dy_net_forward(&race->net, &race->input, race->lanes[0].w);
    dy_net_loss(&race->net, &batch);
    dy_net_backward(&race->net, &race->input, race->lanes[0].w);
}

static bool take_batches(dy_race *race, dy_error *err)
{
    const dy_race_spec *spec = &race->spec;
    const dy_split *train = &spec->data->train, *test = &spec->data->test;
    if (!dy_batches_open(&race->train, &race->arena, spec->data, train, spec->batch,
                         spec->drop_last, spec->seed, err))
        return false;
    return test->rows == 0 || dy_batches_open(&race->test, &race->arena, spec->data, test,
                                              spec->batch, false, spec->seed, err);
}

static bool take_before(dy_race *race, dy_error *err)
{
    int64_t most = 0;
    for (int i = 0; i < race->spec.model.n_layers; i++) {
        int64_t floats = race->lanes[0].w[i].rows * race->lanes[0].w[i].row_stride;
        if (floats > most) most = floats;
    }
    race->before = dy_arena_reserve(&race->arena, most, sizeof *race->before, err);
    return race->before != NULL;
}

static bool open_in(dy_race *race, dy_error *err)
{
    const dy_race_spec *spec = &race->spec;
    if (!take_batches(race, err) || !take_lanes(race, err) ||
        !dy_net_open(&race->net, &race->arena, &spec->model, &spec->loss, spec->batch,
                     spec->threads, err) ||
        !dy_input_open(&race->input, &race->arena, spec->model.widths[0], spec->model.widths[1],
                       err))
        return false;
    if (!take_before(race, err)) return false;
    dy_race_lane_begin(race, &race->lanes[0]);
    for (int k = 1; k < race->n_lanes; k++)
        dy_race_lane_copy(race, &race->lanes[k], &race->lanes[0]);
    dy_blas_start();
    warm_up(race);
    dy_arena_seal(&race->arena);
    return true;
}

bool dy_race_open(dy_race **race, const dy_race_spec *spec, int64_t limit, dy_error *err)
{
    if (!check(spec, err)) return false;
    dy_arena arena = dy_arena_make(limit);
    dy_race *made = dy_arena_take(&arena, 1, sizeof *made, err);
    if (!made) return false;
    made->spec = *spec;
    made->arena = arena;
    made->added = dy_arena_make(limit);
    if (!open_in(made, err)) {
        dy_race_close(made);
        return false;
    }
    *race = made;
    return true;
}

void dy_race_close(dy_race *race)
{
    if (!race) return;
    dy_arena_close(&race->added);
    dy_arena arena = race->arena; /* closing it frees the race */
    dy_arena_close(&arena);
}

const dy_race_spec *dy_race_made_of(const dy_race *race)
{
    return &race->spec;
}

int64_t dy_race_epoch_steps(const dy_race *race)
{
    return dy_batches_per_epoch(race->train);
}

/* The sum of squares of the lane's gradient, of which only the first layer's active rows are not 0. */
static double gradient_squares(const dy_race *race)
{
    double sum = 0;
    for (int i = 0; i < race->spec.model.n_layers; i++)
        sum += dy_optim_squares(dy_net_gradient(&race->net, &race->input, i));
    return sum;
}

/* What the lane's gradient is to be multiplied with; motion may be NULL. */
static float shrink_of(const dy_race *race, dy_motion *motion)
{
    bool clips = race->spec.optim.clip_norm > 0;
    double squares = clips || motion ? gradient_squares(race) : 0;
    if (motion) motion->gradient = squares;
    return clips ? dy_optim_shrink(&race->spec.optim, sqrt(squares)) : 1;
}

static void change_inner(const dy_change *c, const dy_race_lane *l, int layer, dy_mat g)
{
    dy_mat s[2] = { l->s[0][layer], l->s[1][layer] };
    dy_change_apply(c, l->w[layer], g, s);
}

static dy_mat rows_of(dy_mat m, const dy_rows *rows)
{
    return m.at ? dy_mat_rows(m, rows->from, rows->n) : m;
}

/* The first layer's gradient has the active rows only; it is 0 for the others. */
static void change_first(const dy_change *c, const dy_race_lane *l, const dy_input *input,
                         dy_mat g)
{
    dy_rows rows;
    dy_walk walk = dy_walk_make(input);
    while (dy_walk_next(&walk, &rows)) {
        dy_mat s[2] = { rows_of(l->s[0][0], &rows), rows_of(l->s[1][0], &rows) };
        dy_mat part = rows.active ? dy_mat_rows(g, rows.at, rows.n) : (dy_mat){ 0 };
        dy_change_apply(c, rows_of(l->w[0], &rows), part, s);
    }
}

static void change_layer(const dy_race *race, const dy_change *c, const dy_race_lane *l,
                         int layer)
{
    dy_mat g = dy_net_gradient(&race->net, &race->input, layer);
    if (layer == 0)
        change_first(c, l, &race->input, g);
    else
        change_inner(c, l, layer, g);
}

/* motion may be NULL. */
static void change_weights(const dy_race *race, const dy_race_lane *l, dy_pace pace,
                           dy_motion *motion)
{
    dy_change c = dy_change_make(&race->spec.optim, pace, l->updates, shrink_of(race, motion));
    for (int i = 0; i < race->spec.model.n_layers; i++) {
        if (motion) dy_motion_note(l->w[i], race->before);
        change_layer(race, &c, l, i);
        if (motion) dy_motion_add(motion, l->w[i], race->before);
    }
}

static double step_lane(dy_race *race, dy_race_lane *l, dy_pace pace, const dy_batch *batch,
                        dy_motion *motion)
{
    dy_net *net = &race->net;
    const dy_input *input = &race->input;
    dy_net_forward(net, input, l->w);
    double loss = dy_net_loss(net, batch);
    l->live = isfinite(loss);
    if (!l->live) return loss;
    dy_net_backward(net, input, l->w);
    change_weights(race, l, pace, motion);
    return loss;
}

/* Whose turn the update is; they all stand at the same one. */
static bool takes_part(const dy_race *race, const bool *due, int k)
{
    return race->lanes[k].live && (!due || due[k]);
}

static const dy_race_lane *first_of(const dy_race *race, const bool *due)
{
    for (int k = 0; k < race->n_lanes; k++)
        if (takes_part(race, due, k)) return &race->lanes[k];
    return NULL;
}

/* What a rehearsal says of a batch or a split: it falls from 1 on, and a rate above 1 harms, so that what waits for an
 * improvement, or looks for too great a rate, comes to an end. */
static double made_up_loss(const dy_race_lane *l, double lr)
{
    return fmin(1e9, (1 + lr * lr) / (1 + (double)l->updates / 50));
}

static void rehearse(dy_race *race, const bool *due, const dy_pace *pace, double *loss,
                     dy_motion *motion)
{
    for (int k = 0; k < race->n_lanes; k++)
        if (takes_part(race, due, k)) {
            loss[k] = made_up_loss(&race->lanes[k], pace[k].lr);
            if (motion) motion[k] = (dy_motion){ 0 };
            race->lanes[k].updates++;
        }
}

void dy_race_step_some(dy_race *race, const bool *due, const dy_pace *pace, double *loss,
                       dy_motion *motion)
{
    const dy_race_lane *first = first_of(race, due);
    if (!first) return;
    if (race->spec.rehearsal) {
        rehearse(race, due, pace, loss, motion);
        return;
    }
    int64_t update = first->updates;
    dy_rng dropout = first->dropout;
    dy_batch batch = dy_batches_at(race->train, update);
    dy_input_set(&race->input, &batch);
    if (race->spec.model.dropout > 0) dy_net_drop(&race->net, &dropout, batch.rows);
    for (int k = 0; k < race->n_lanes; k++) {
        if (!takes_part(race, due, k)) continue;
        dy_race_lane *l = &race->lanes[k];
        DY_ASSERT(l->updates == update);
        if (motion) motion[k] = (dy_motion){ 0 };
        loss[k] = step_lane(race, l, pace[k], &batch, motion ? &motion[k] : NULL);
        l->updates++;
        l->dropout = dropout;
    }
}

void dy_race_step(dy_race *race, const dy_pace *pace, double *loss)
{
    dy_race_step_some(race, NULL, pace, loss, NULL);
}

static dy_batches *batches_of(const dy_race *race, const dy_split *split)
{
    if (split == &race->spec.data->train) return race->train;
    DY_ASSERT(split == &race->spec.data->test && race->test);
    return race->test;
}

dy_score dy_race_score(dy_race *race, int k, const dy_split *split)
{
    dy_batches *batches = batches_of(race, split);
    dy_tally tally = { 0 };
    bool classes = race->spec.data->task == DY_CLASSIFY;
    double made_up = made_up_loss(dy_race_lane_at(race, k), 0);
    if (race->spec.rehearsal)
        return (dy_score){ made_up, classes ? 1 - 0.9 * made_up : (double)NAN };
    dy_net_keep(&race->net);
    while (tally.rows < split->rows) {
        dy_batch batch = dy_batches_rows(batches, tally.rows);
        dy_input_set(&race->input, &batch);
        dy_mat z = dy_net_forward(&race->net, &race->input, dy_race_lane_at(race, k)->w);
        dy_loss_tally(&race->spec.loss, z, batch.labels, batch.targets, &tally);
    }
    double rows = (double)tally.rows;
    return (dy_score){ .loss = tally.loss / rows,
                       .accuracy = classes ? (double)tally.right / rows : (double)NAN };
}

dy_mat dy_race_weights(dy_race *race, int k, int layer)
{
    DY_ASSERT(layer >= 0 && layer < race->spec.model.n_layers);
    return dy_mat_cols(dy_race_lane_at(race, k)->w[layer], 0,
                       race->spec.model.widths[layer + 1]);
}

void dy_race_predict(dy_race *race, int k, dy_mat x, dy_mat y)
{
    dy_net_keep(&race->net);
    dy_mat z = dy_net_predict(&race->net, x, dy_race_lane_at(race, k)->w);
    DY_ASSERT(y.rows == z.rows && y.cols == z.cols && y.col_stride == 1);
    for (int64_t i = 0; i < z.rows; i++)
        memcpy(y.at + i * y.row_stride, z.at + i * z.row_stride, (size_t)z.cols * sizeof *z.at);
    if (race->spec.loss.kind == DY_CROSS_ENTROPY) dy_softmax(y);
}
