/* live_menu.c - menus, and the field for typing.   SPDX-License-Identifier: MIT */
#include "view/live_inside.h"

#include <string.h>

enum { PANE_IDS = 1000 }; /* a pane's row: this and its kind; others are verbs */

static dy_button *add_row(dy_live *l, int32_t id, const char *label, const char *key)
{
    dy_button *row = &l->menu.rows[l->menu.n++];
    *row = (dy_button){ .id = id, .label = label, .key = key };
    return row;
}

/* Whether a lab writes what the pane shows. */
static bool is_measured(dy_pane_kind kind)
{
    return kind < DY_PANE_GRADIENT || kind == DY_PANE_LOOP;
}

void dy_live_open_panes(dy_live *l, dy_point at)
{
    bool again = l->menu.kind == DY_MENU_PANES;
    l->menu = (dy_menu_state){ .kind = again ? DY_MENU_NONE : DY_MENU_PANES, .at = at };
    for (int32_t kind = 0; kind < DY_PANE_KINDS; kind++) {
        if (!is_measured((dy_pane_kind)kind)) continue;
        char *key = l->menu.keys[kind];
        snprintf(key, sizeof l->menu.keys[kind], "%d", (kind + 1) % 10);
        add_row(l, PANE_IDS + kind, dy_pane_name((dy_pane_kind)kind), key)->lit =
            l->look.on[kind];
    }
}

static bool is_past(const dy_live *l, const dy_hit *hit)
{
    return hit->update <= (double)l->feed.newest;
}

void dy_live_open_here(dy_live *l, const dy_hit *hit, dy_point at)
{
    if (!l->board) return;
    l->menu = (dy_menu_state){ .kind = DY_MENU_HERE, .at = at, .hit = *hit };
    bool past = is_past(l, hit), trains = l->feed.running && !l->over;
    add_row(l, DY_VERB_REWIND, "rewind to here", "r")->off = !past || !trains;
    add_row(l, DY_VERB_FORK, "fork here", "b")->off = !past || !trains;
    dy_button *add = add_row(l, DY_VERB_ADD, "add a keyframe here", "a");
    add->off = past || !trains;
    add->apart = true;
    add_row(l, DY_VERB_AXIS, "linear or log", "y")->apart = true;
}

static bool can_press(const dy_live *l, int32_t id)
{
    for (int32_t i = 0; i < l->menu.n; i++)
        if (l->menu.rows[i].id == id) return !l->menu.rows[i].off;
    return false;
}

void dy_live_menu_press(dy_live *l, int32_t id)
{
    if (!can_press(l, id)) return;
    if (id >= PANE_IDS) {
        bool *on = &l->look.on[id - PANE_IDS];
        *on = !*on;
        dy_live_trace(l, "pane %d %d", id - PANE_IDS, *on);
        for (int32_t i = 0; i < l->menu.n; i++)
            if (l->menu.rows[i].id == id) l->menu.rows[i].lit = *on;
        return; /* it stays open: another may be wanted */
    }
    l->menu.kind = DY_MENU_NONE;
    l->look.hovered = true;
    l->look.hover = l->menu.hit.update;
    l->pointer = l->menu.at;
    dy_live_do(l, (dy_verb)id);
}

bool dy_live_menu_key(dy_live *l, const dy_input *input)
{
    if (l->menu.kind == DY_MENU_NONE) return false;
    if (input->key == DY_KEY_ESCAPE || input->key == DY_KEY_ENTER) {
        l->menu.kind = DY_MENU_NONE;
        return true;
    }
    for (int32_t i = 0; i < l->menu.n; i++) {
        const char *key = l->menu.rows[i].key;
        if (key[1] != '\0' || key[0] != input->key) continue;
        dy_live_menu_press(l, l->menu.rows[i].id);
        return true;
    }
    l->menu.kind =
        DY_MENU_NONE; /* and the key does what it always does, but to close what it opened */
    return dy_verb_of(input) == DY_VERB_PANES;
}

/* --- the field ---------------------------------------------------------------------------------------------------- */

static void check_field(dy_live *l)
{
    double step, value;
    dy_error err;
    const dy_hand *hand = &l->hold.hand[l->hold.channel];
    l->field_wrong = !dy_hand_read(hand, l->hold.key, l->field.text, &step, &value, &err);
    snprintf(l->field_hint, sizeof l->field_hint, "%.119s",
             l->field_wrong ? err.text : "0.05, x 0.5, 0.05 @ 1200; enter");
}

void dy_live_open_field(dy_live *l)
{
    char value[32];
    if (!dy_hold_key(&l->hold) && !dy_hold_next(&l->hold, 1)) {
        dy_live_note(l, false, "no keyframe is to come");
        return;
    }
    snprintf(value, sizeof value, "%.6g", dy_hold_key(&l->hold)->value);
    dy_field_open(&l->field, value);
    check_field(l);
}

static void accept(dy_live *l)
{
    double step, value;
    dy_error err;
    const dy_hand *hand = &l->hold.hand[l->hold.channel];
    if (!dy_hand_read(hand, l->hold.key, l->field.text, &step, &value, &err)) {
        check_field(l);
        return;
    }
    l->field.open = false;
    dy_live_keep_for_undo(l, l->hold.channel);
    if (!dy_hold_move(&l->hold, step, value) && l->n_undo > 0) l->n_undo--;
}

bool dy_live_field_key(dy_live *l, const dy_input *input)
{
    if (!l->field.open) return false;
    if (input->key == DY_KEY_ESCAPE || !dy_hold_key(&l->hold)) /* or its update has passed */
        l->field.open = false;
    else if (input->key == DY_KEY_ENTER)
        accept(l);
    else if (dy_field_take(&l->field, input))
        check_field(l);
    return true;
}
