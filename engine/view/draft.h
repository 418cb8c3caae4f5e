/* draft.h - a scene being made: what its parts share, and the list they add to.
 *
 * Private to the files that make scenes. Adding cannot fail in place: once memory was short a draft takes nothing more,
 * and dy_scene_make reports it at the end.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/scene.h"
#include "view/theme.h"

/* In ems: what is left free at the edges of a picture. */
#define DY_MARGIN 1.5

/* A list of points in updates and values. */
typedef struct dy_stroke {
    dy_point *points;
    int64_t n;
} dy_stroke;

/* A run's curves in a pane; empty where there are none. */
typedef struct dy_plot {
    dy_stroke line;   /* as it was */
    dy_stroke smooth; /* empty: the line is not smoothed */
    dy_stroke ghost;  /* as it is planned */
    dy_stroke dots;   /* as it was held-out */
    bool band;        /* the line is the edges of one: see dy_outline_band */
} dy_plot;

typedef struct dy_draft {
    const dy_view *view;
    const dy_trace *traces; /* [n] */
    int32_t n;
    dy_theme theme;
    double em;     /* the height of common text; every distance is a multiple of it */
    bool contrast; /* a run is DY_STRONG */
    dy_arena *arena;
    dy_error *err;
    bool failed;         /* *err says why */
    dy_pane *panes;      /* [n_panes] */
    dy_pane_spec *specs; /* [n_panes], their shares set */
    int32_t n_panes;
    dy_sight sight;
    double smoothing;
    dy_box slider;
    int64_t epoch_steps; /* that all runs in sight share; 0: none */
    dy_plot *plots;      /* [n_panes][n] */
    dy_point *scratch;   /* [scratch_room] for whoever is at work */
    int64_t scratch_room;
    dy_item *items;
    int64_t n_items, room;
    dy_area *areas;
    int64_t n_areas, areas_room;
} dy_draft;

/* `count` elements of `size` bytes, or NULL: the draft has failed. */
void *dy_draft_take(dy_draft *draft, int64_t count, size_t size);

void dy_draft_add(dy_draft *draft, const dy_item *item);

/* What there is to hit, over what was added before. */
void dy_draft_hit(dy_draft *draft, dy_box box, dy_hit hit);

typedef struct dy_type {
    double size;
    dy_colour colour;
    dy_anchor anchor;
    bool bold;
} dy_type;

/* Adds a copy of the text. */
void dy_draft_text(dy_draft *draft, dy_point at, dy_type type, const char *text);

/* A straight line, on whole device pixels where it is level or upright. */
void dy_draft_rule(dy_draft *draft, dy_point from, dy_point to, dy_colour colour, dy_dash dash);

/* The same, shortened to `width`; where not a letter fits, nothing. */
void dy_draft_text_in(dy_draft *draft, dy_point at, dy_type type, const char *text,
                      double width);

/* The same of what has parts, "a  ·  b  ·  c": as many from the left as fit, whole; none is nothing. */
void dy_draft_parts_in(dy_draft *draft, dy_point at, dy_type type, const char *text,
                       double width);

/* A line of that width through points[n], or the area they enclose; they are copied. Nobody's, and not cut. */
void dy_draft_stroke(dy_draft *draft, const dy_point *points, int64_t n, double width,
                     dy_colour colour);
void dy_draft_fill(dy_draft *draft, const dy_point *points, int64_t n, dy_colour colour);

/* A rectangle of one colour, its corners rounded. */
void dy_draft_plate(dy_draft *draft, dy_box box, double radius, dy_colour colour);

/* The paper of something that lies over the rest. */
void dy_draft_card(dy_draft *draft, dy_box box);

/* From here on what was added in a box before cannot be hit. */
void dy_draft_cover(dy_draft *draft, dy_box box);

/* Whether the pointer is in a box. */
bool dy_draft_pointed(const dy_draft *draft, const dy_box *box);

double dy_draft_width(const dy_draft *draft, dy_type type, const char *text);

/* Adds the text unless another one is near there already. */
bool dy_draft_label(dy_draft *draft, dy_point at, dy_type type, const char *text);

/* The text shortened to fit `width` pixels. Fills `to` and returns it. */
char *dy_draft_fit(const dy_draft *draft, dy_type type, const char *text, double width,
                   char *to, size_t size);

/* Whether a run is spoken of: shown, and not only faintly. */
bool dy_draft_named(const dy_trace *trace);

/* A run's name, clean. */
char *dy_draft_name(const dy_trace *trace, char *to, size_t size);

/* A run's dash: its colour's, but a run aside is dotted. */
dy_dash dy_draft_dash(const dy_trace *trace);

/* How far behind a run stands: 1 in front. */
double dy_draft_presence(const dy_draft *draft, const dy_trace *trace);
