/* live_film.c - pictures taken every so often, while a lab trains.   SPDX-License-Identifier: MIT */
#include "view/live_inside.h"

#include <math.h>

static const double WIDTH_PX = 1280,
                    HEIGHT_PX = 720; /* where there is no window to take it from */

/* All pictures are as large as the window is for the first. */
static void settle_size(dy_live *l)
{
    dy_reel *r = &l->reel;
    if (dy_film_len(l->spec.film) > 0) return;
    *r = (dy_reel){ .width_px = WIDTH_PX, .height_px = HEIGHT_PX, .scale = 1 };
    if (l->window) dy_window_size(l->window, &r->width_px, &r->height_px, &r->scale);
    r->width_px = fmax(r->width_px, DY_VIEW_LEAST_PX);
    r->height_px = fmax(r->height_px, DY_VIEW_LEAST_PX);
}

static void take_picture(dy_live *l)
{
    dy_error err;
    dy_reel *r = &l->reel;
    dy_shown shown = { .arena = dy_arena_make(0) };
    settle_size(l);
    bool ok = dy_live_compose(l, &shown, r->width_px, r->height_px, r->scale, true, &err) &&
              dy_film_add(l->spec.film, &shown.scene, &err);
    dy_arena_close(&shown.arena);
    r->taken_s = l->now_s;
    r->news = false;
    if (ok) return;
    r->failed = true;
    r->failure = err;
    dy_live_note(l, true, "%s", err.text);
}

void dy_live_roll(dy_live *l)
{
    dy_reel *r = &l->reel;
    if (!l->spec.film || r->failed || l->over || !l->board || l->feed.race < 0) return;
    r->news |= l->news || l->touched;
    bool due = dy_film_len(l->spec.film) == 0 || l->now_s - r->taken_s >= l->spec.every_s;
    if (r->news && due) take_picture(l);
}

bool dy_live_end_film(dy_live *l, dy_error *err)
{
    dy_reel *r = &l->reel;
    if (!l->spec.film || !l->board || l->feed.race < 0) return true;
    if (!r->failed && (dy_feed_read(&l->feed) || r->news)) take_picture(l);
    l->spec.film = NULL;
    if (!r->failed) return true;
    *err = r->failure;
    return false;
}
