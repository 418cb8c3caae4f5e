/* race_lane.c - one lane of a race as a thing: made, begun, added, and its state as bytes.   SPDX-License-Identifier: MIT */
#include "learn/race_inside.h"
#include "learn/weights.h"

#include <string.h>

/* What the bytes of a lane begin with; the layers' weights and states follow, whole rows of them. */
struct head {
    int64_t updates;
    dy_rng dropout;
};

/* --- making ---------------------------------------------------------------------------------------------------- */

/* One matrix a layer, of the shapes of the weights. */
static dy_mat *take_layers(const dy_race *race, dy_arena *arena, dy_error *err)
{
    const dy_mlp_spec *model = &race->spec.model;
    dy_mat *layers = dy_arena_take(arena, model->n_layers, sizeof *layers, err);
    for (int i = 0; layers && i < model->n_layers; i++)
        if (!dy_mat_take(&layers[i], arena, model->widths[i] + 1,
                         dy_net_wide(model->widths[i + 1]), err))
            return NULL;
    return layers;
}

bool dy_race_lane_take(const dy_race *race, dy_race_lane *l, dy_arena *arena, dy_error *err)
{
    if (!(l->w = take_layers(race, arena, err)) || !(l->s[0] = take_layers(race, arena, err)))
        return false;
    if (dy_optim_slots(&race->spec.optim) == 2)
        return (l->s[1] = take_layers(race, arena, err)) != NULL;
    l->s[1] = dy_arena_take(arena, race->spec.model.n_layers, sizeof *l->s[1], err);
    return l->s[1] != NULL;
}

/* Whole rows, with what lies between them and the next. */
static size_t bytes_of(dy_mat m)
{
    return m.at ? (size_t)(m.rows * m.row_stride) * sizeof *m.at : 0;
}

static void clear(dy_mat m)
{
    if (m.at) memset(m.at, 0, bytes_of(m));
}

void dy_race_lane_begin(const dy_race *race, dy_race_lane *l)
{
    const dy_mlp_spec *model = &race->spec.model;
    dy_rng rng = dy_rng_make(race->spec.seed, "weights");
    const float *given = model->given;
    for (int i = 0; i < model->n_layers; i++) {
        clear(l->w[i]);
        clear(l->s[0][i]);
        clear(l->s[1][i]);
        dy_mat w = dy_mat_cols(l->w[i], 0, model->widths[i + 1]);
        if (given)
            given = dy_weights_fill(w, given);
        else
            dy_mlp_init(w, model->init, &rng);
    }
    l->dropout = dy_rng_make(race->spec.seed, "dropout");
    l->updates = 0;
    l->live = true;
}

/* The i-th block of a lane's floats: weights and both states of the first layer, of the second, ... */
static dy_mat block(const dy_race_lane *l, int i)
{
    return i % 3 == 0 ? l->w[i / 3] : l->s[i % 3 - 1][i / 3];
}

static int n_blocks(const dy_race *race)
{
    return 3 * race->spec.model.n_layers;
}

void dy_race_lane_copy(const dy_race *race, dy_race_lane *to, const dy_race_lane *from)
{
    for (int i = 0; i < n_blocks(race); i++) {
        dy_mat m = block(from, i);
        if (m.at) memcpy(block(to, i).at, m.at, bytes_of(m));
    }
    to->updates = from->updates;
    to->dropout = from->dropout;
    to->live = from->live;
}

bool dy_race_add(dy_race *race, int *lane, dy_error *err)
{
    int room = race->spec.lanes + race->spec.branches;
    if (race->n_lanes == room) return dy_fail(err, "the race has room for %d lanes", room);
    dy_race_lane *l = &race->lanes[race->n_lanes];
    if (!dy_race_lane_take(race, l, &race->added, err)) return false;
    *lane = race->n_lanes++;
    return true;
}

/* --- its place in the race ------------------------------------------------------------------------------------- */

dy_race_lane *dy_race_lane_at(const dy_race *race, int k)
{
    DY_ASSERT(k >= 0 && k < race->n_lanes);
    return &race->lanes[k];
}

void dy_race_retire(dy_race *race, int k)
{
    dy_race_lane_at(race, k)->live = false;
}

bool dy_race_live(const dy_race *race, int k)
{
    return dy_race_lane_at(race, k)->live;
}

int dy_race_lanes(const dy_race *race)
{
    return race->n_lanes;
}

int64_t dy_race_at(const dy_race *race, int k)
{
    return dy_race_lane_at(race, k)->updates;
}

int64_t dy_race_updates(const dy_race *race)
{
    int64_t most = 0;
    for (int k = 0; k < race->n_lanes; k++)
        if (race->lanes[k].updates > most) most = race->lanes[k].updates;
    return most;
}

/* --- its state as bytes ---------------------------------------------------------------------------------------- */

size_t dy_race_state_size(const dy_race *race)
{
    size_t size = sizeof(struct head);
    for (int i = 0; i < n_blocks(race); i++) size += bytes_of(block(&race->lanes[0], i));
    return size;
}

void dy_race_save(const dy_race *race, int k, void *bytes)
{
    const dy_race_lane *l = dy_race_lane_at(race, k);
    struct head head = { l->updates, l->dropout };
    char *to = bytes;
    memcpy(to, &head, sizeof head);
    to += sizeof head;
    for (int i = 0; i < n_blocks(race); i++) {
        dy_mat m = block(l, i);
        if (m.at) memcpy(to, m.at, bytes_of(m));
        to += bytes_of(m);
    }
}

void dy_race_restore(dy_race *race, int k, const void *bytes)
{
    dy_race_lane *l = dy_race_lane_at(race, k);
    struct head head;
    const char *from = bytes;
    memcpy(&head, from, sizeof head);
    from += sizeof head;
    for (int i = 0; i < n_blocks(race); i++) {
        dy_mat m = block(l, i);
        if (m.at) memcpy(m.at, from, bytes_of(m));
        from += bytes_of(m);
    }
    l->updates = head.updates;
    l->dropout = head.dropout;
    l->live = true;
}

void dy_race_restart(dy_race *race, int k)
{
    dy_race_lane_begin(race, dy_race_lane_at(race, k));
}

dy_mat dy_race_slot(dy_race *race, int k, int layer, int slot)
{
    const dy_race_lane *l = dy_race_lane_at(race, k);
    DY_ASSERT(layer >= 0 && layer < race->spec.model.n_layers && slot >= 0 && slot < 2);
    dy_mat m = l->s[slot][layer];
    return m.at ? dy_mat_cols(m, 0, race->spec.model.widths[layer + 1]) : m;
}

dy_race_place dy_race_place_of(const dy_race *race, int k)
{
    const dy_race_lane *l = dy_race_lane_at(race, k);
    return (dy_race_place){ l->updates, l->live, l->dropout };
}

void dy_race_place_set(dy_race *race, int k, dy_race_place place)
{
    dy_race_lane *l = dy_race_lane_at(race, k);
    l->updates = place.updates;
    l->live = place.live;
    l->dropout = place.dropout;
}

void dy_race_copy(dy_race *race, int to, int from)
{
    dy_race_lane *l = dy_race_lane_at(race, to);
    dy_race_lane_copy(race, l, dy_race_lane_at(race, from));
    l->live = true;
}
