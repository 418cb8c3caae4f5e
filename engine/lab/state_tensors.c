/* state_tensors.c - see state_tensors.h.   SPDX-License-Identifier: MIT */
#include "lab/state_tensors.h"

#include "lab/identity.h"
#include "learn/blas.h"
#include "learn/weights.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RACE    "derny.race"
#define KERNELS "derny.kernels"

enum { NAME = 80, PLACE = 160, LAYER_TENSORS = 2 };

/* One layer's weights or one slot of its state, and how both its tensors' names begin and end. */
typedef struct part {
    dy_mat m; /* without memory: there is no such */
    char weight[NAME], bias[NAME];
} part;

static const char *slot_name(const dy_race *race, int slot)
{
    if (dy_race_made_of(race)->optim.kind == DY_SGD) return "momentum_buffer";
    return slot == 0 ? "exp_avg" : "exp_avg_sq";
}

/* slot -1: the weights. */
static part part_of(dy_race *race, int lane, int layer, int slot)
{
    part p;
    char before[24] = "", behind[24] = "";
    int apart = dy_race_made_of(race)->model.dropout > 0 ? 3 : 2;
    if (lane > 0) snprintf(before, sizeof before, "lane.%d.", lane);
    if (slot >= 0) snprintf(behind, sizeof behind, ".%s", slot_name(race, slot));
    const char *whose = slot >= 0 ? "optimizer." : "";
    p.m = slot < 0 ? dy_race_weights(race, lane, layer) : dy_race_slot(race, lane, layer, slot);
    snprintf(p.weight, NAME, "%s%s%d.weight%s", before, whose, apart * layer, behind);
    snprintf(p.bias, NAME, "%s%s%d.bias%s", before, whose, apart * layer, behind);
    return p;
}

/* Calls `visit` for every part that there is, in one order. */
static bool each_part(dy_race *race, bool (*visit)(void *self, part *p, dy_error *err),
                      void *self, dy_error *err)
{
    int layers = dy_race_made_of(race)->model.n_layers;
    for (int lane = 0; lane < dy_race_lanes(race); lane++)
        for (int layer = 0; layer < layers; layer++)
            for (int slot = -1; slot < 2; slot++) {
                part p = part_of(race, lane, layer, slot);
                if (p.m.at && !visit(self, &p, err)) return false;
            }
    return true;
}

/* ---- storing ---- */

typedef struct store {
    dy_safetensors *what;
    dy_arena *arena;
} store;

static bool store_part(void *self, part *p, dy_error *err)
{
    store *s = self;
    dy_safetensors *what = s->what;
    int64_t in = p->m.rows - 1, out = p->m.cols;
    float *flat = dy_arena_take(s->arena, p->m.rows * out, sizeof *flat, err);
    const char *weight = flat ? dy_arena_text(s->arena, p->weight, err) : NULL;
    const char *bias = weight ? dy_arena_text(s->arena, p->bias, err) : NULL;
    if (!bias) return false;
    dy_weights_store(p->m, flat);
    what->tensors[what->n++] = (dy_named_tensor){ weight, 2, { out, in }, flat };
    what->tensors[what->n++] = (dy_named_tensor){ bias, 1, { out }, flat + in * out };
    return true;
}

static bool add_text(store *s, const char *name, const char *text, dy_error *err)
{
    dy_named_text *into = &s->what->texts[s->what->n_texts++];
    into->name = dy_arena_text(s->arena, name, err);
    into->text = into->name ? dy_arena_text(s->arena, text, err) : NULL;
    return into->text != NULL;
}

static bool add_texts(const dy_race *race, store *s, dy_error *err)
{
    char id[DY_ID_DIGITS + 1], name[NAME], text[PLACE];
    dy_identity_of_race(id, dy_race_made_of(race));
    if (!add_text(s, RACE, id, err) || !add_text(s, KERNELS, dy_blas_kernels(), err))
        return false;
    for (int lane = 0; lane < dy_race_lanes(race); lane++) {
        dy_race_place p = dy_race_place_of(race, lane);
        snprintf(name, sizeof name, "derny.lane.%d", lane);
        snprintf(text, sizeof text,
                 "%" PRIx64 " %x %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64,
                 (uint64_t)p.updates, (unsigned)p.live, p.dropout.s[0], p.dropout.s[1],
                 p.dropout.s[2], p.dropout.s[3]);
        if (!add_text(s, name, text, err)) return false;
    }
    return true;
}

bool dy_state_store(dy_race *race, dy_safetensors *what, dy_arena *arena, dy_error *err)
{
    int64_t lanes = dy_race_lanes(race), layers = dy_race_made_of(race)->model.n_layers;
    store s = { what, arena };
    *what = (dy_safetensors){ 0 };
    what->tensors =
        dy_arena_take(arena, lanes * layers * 3 * LAYER_TENSORS, sizeof *what->tensors, err);
    what->texts =
        what->tensors ? dy_arena_take(arena, lanes + 2, sizeof *what->texts, err) : NULL;
    return what->texts && each_part(race, store_part, &s, err) && add_texts(race, &s, err);
}

/* ---- loading ---- */

static bool fits(const dy_named_tensor *tensor, const char *name, int n_dims, int64_t first,
                 int64_t second, dy_error *err)
{
    if (!tensor) return dy_fail(err, "the state has no tensor %s", name);
    if (tensor->n_dims == n_dims && tensor->dims[0] == first &&
        (n_dims == 1 || tensor->dims[1] == second))
        return true;
    return dy_fail(err, "the state's tensor %s has another shape than the race's", name);
}

static bool check_part(void *self, part *p, dy_error *err)
{
    const dy_safetensors *what = self;
    int64_t in = p->m.rows - 1, out = p->m.cols;
    return fits(dy_safetensors_find(what, p->weight), p->weight, 2, out, in, err) &&
           fits(dy_safetensors_find(what, p->bias), p->bias, 1, out, 0, err);
}

/* The two tensors need not lie side by side in a file, as they do in a row. */
static bool load_part(void *self, part *p, dy_error *err)
{
    (void)err;
    const dy_safetensors *what = self;
    const float *weight = dy_safetensors_find(what, p->weight)->at;
    const float *bias = dy_safetensors_find(what, p->bias)->at;
    int64_t in = p->m.rows - 1;
    for (int64_t j = 0; j < p->m.cols; j++) {
        for (int64_t i = 0; i < in; i++)
            p->m.at[i * p->m.row_stride + j * p->m.col_stride] = *weight++;
        p->m.at[in * p->m.row_stride + j * p->m.col_stride] = *bias++;
    }
    return true;
}

/* `n` hexadecimal numbers with blanks between them, and no more. */
static bool read_numbers(const char *text, uint64_t *numbers, int n)
{
    for (int i = 0; i < n; i++) {
        size_t digits = strspn(text, "0123456789abcdef");
        if (digits < 1 || digits > 16) return false;
        numbers[i] = strtoull(text, NULL, 16);
        text += digits;
        if (i < n - 1 && *text++ != ' ') return false;
    }
    return *text == '\0';
}

/* Updates made, whether the lane is live, and the stream of its masks. */
static bool read_place(const dy_safetensors *what, int lane, dy_race_place *p, dy_error *err)
{
    char name[NAME];
    uint64_t numbers[6];
    snprintf(name, sizeof name, "derny.lane.%d", lane);
    const char *text = dy_safetensors_text(what, name);
    if (!text) return dy_fail(err, "the state has no text %s", name);
    if (!read_numbers(text, numbers, 6) || numbers[0] > INT64_MAX / 2 || numbers[1] > 1)
        return dy_fail(err, "the state's text %s is none of ours", name);
    *p = (dy_race_place){ .updates = (int64_t)numbers[0], .live = numbers[1] == 1 };
    memcpy(p->dropout.s, numbers + 2, sizeof p->dropout.s);
    return true;
}

static bool check_race(const dy_race *race, const dy_safetensors *what, dy_error *err)
{
    char id[DY_ID_DIGITS + 1], next[NAME];
    const char *saved = dy_safetensors_text(what, RACE);
    dy_identity_of_race(id, dy_race_made_of(race));
    snprintf(next, sizeof next, "derny.lane.%d", dy_race_lanes(race));
    if (!saved) return dy_fail(err, "no state of a race: it has no text " RACE);
    if (strcmp(saved, id) != 0)
        return dy_fail(err, "the state is another race's: its data, network, loss, optimizer, "
                            "batches or seed differ");
    if (dy_safetensors_text(what, next))
        return dy_fail(err, "the state has more lanes than the race, which has %d",
                       dy_race_lanes(race));
    return true;
}

bool dy_state_load(dy_race *race, const dy_safetensors *what, bool *same_kernels, dy_error *err)
{
    dy_race_place place;
    const char *kernels = dy_safetensors_text(what, KERNELS);
    if (!check_race(race, what, err) || !each_part(race, check_part, (void *)what, err))
        return false;
    for (int lane = 0; lane < dy_race_lanes(race); lane++)
        if (!read_place(what, lane, &place, err)) return false;
    each_part(race, load_part, (void *)what, err);
    for (int lane = 0; lane < dy_race_lanes(race); lane++)
        if (read_place(what, lane, &place, err)) dy_race_place_set(race, lane, place);
    *same_kernels = kernels && strcmp(kernels, dy_blas_kernels()) == 0;
    return true;
}
