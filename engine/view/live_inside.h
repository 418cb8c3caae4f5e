/* live_inside.h - what a live window holds. For the files that make one up:
 *   live.c         opening, ticks, when to draw
 *   live_state.c   how the training stands, in words
 *   live_picture.c what is to be seen, as a scene
 *   live_keys.c    what the verbs do
 *   live_mouse.c   what gestures do
 *   live_steer.c   orders on the board
 *   live_menu.c    menus, and the field for typing
 *   live_save.c    pictures in files
 *   live_film.c    pictures every so often
 *   live_told.c    a trace of all that, for tests
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/field.h"
#include "view/film.h"
#include "view/grip.h"
#include "view/guess.h"
#include "view/hold.h"
#include "view/live.h"
#include "view/rate.h"
#include "view/verb.h"
#include "view/window.h"

enum { DY_MENU_ROWS = 12, DY_UNDO_MOST = 64, DY_HANDLES_MOST = 64 };

typedef enum dy_menu_kind { DY_MENU_NONE, DY_MENU_PANES, DY_MENU_HERE } dy_menu_kind;

/* A menu that is open. */
typedef struct dy_menu_state {
    dy_menu_kind kind;
    dy_point at;
    dy_hit hit; /* HERE: what it is about */
    dy_button rows[DY_MENU_ROWS];
    char keys[DY_MENU_ROWS][4];
    int32_t n;
} dy_menu_state;

/* A curve that a channel followed before it was changed. */
typedef struct dy_undo {
    int32_t race, lane;
    dy_channel channel;
    void *bytes;
    size_t n;
} dy_undo;

/* The last picture: what is on the screen, and what the mouse is over. */
typedef struct dy_shown {
    dy_arena arena;
    dy_trace *traces; /* [n] */
    int32_t n;
    dy_scene scene;
} dy_shown;

/* A film in the making. */
typedef struct dy_reel {
    double width_px, height_px, scale;
    double taken_s; /* the last picture */
    bool news;      /* since then */
    bool failed;
    dy_error failure;
} dy_reel;

typedef struct dy_line {
    char text[240];
    bool alarm;
    double until_s; /* 0: until there is another */
} dy_line;

struct dy_live {
    dy_arena arena;
    dy_live_spec spec;
    dy_window *window; /* NULL: unseen */
    double now_s;
    dy_live_wish wish;

    dy_board *board; /* NULL: no lab has begun */
    dy_feed feed;
    bool over; /* the lab has ended */
    char state[32];
    int64_t stood; /* the update at which it last stood still */
    dy_line line;
    dy_rate rate;
    int64_t pulse; /* of the lab, and since when it is the same */
    double pulse_s;
    int silent_s; /* whole seconds without a sign of life; 0: less than it takes to say so */
    char silent[120]; /* what is said of that */
    char title[160];

    dy_look look;
    dy_grip grip;
    dy_hold hold;
    dy_guess guess;
    dy_field field;
    char field_hint[120];
    bool field_wrong;
    dy_menu_state menu;
    dy_verb asked_twice; /* what wants to be asked for again, until */
    double asked_until_s;
    bool want_paused;
    double want_s; /* when that was ordered */
    dy_undo undo[DY_UNDO_MOST];
    int32_t n_undo;
    dy_arena undo_arena;
    bool pointed;
    dy_point pointer;
    dy_point pen; /* of drawing by keys: an update and a value */
    bool pen_down;
    double panned; /* by the drag in hand, in widths of the sight */

    dy_shown shown[2];
    int front;          /* which of them */
    bool drawn;         /* there is one */
    bool touched, news; /* since it was drawn: by the person, on the board */
    bool hidden;
    double drawn_s, cost_s; /* when it was drawn, and how long that took */
    int64_t frames;
    char told[1 << 14]; /* of where things are: the last that was */
    dy_reel reel;
    dy_portrait *portrait;
    uint32_t portrait_seen;
    dy_portrait_kind portrait_kind; /* of the last; NONE: none yet */
};

/* --- live.c */

/* A line of Derny's own, for a while or, with alarm, until the next. */
void dy_live_note(dy_live *live, bool alarm, const char *format, ...) DY_PRINTF(3, 4);

/* --- live_told.c */

/* "verb pause": a line for the spec's trace. */
void dy_live_trace(const dy_live *live, const char *format, ...) DY_PRINTF(2, 3);
/* Where panes, keyframes, buttons and the rest are now. */
void dy_live_tell_layout(dy_live *live);

/* --- live_state.c */

/* true: what they show has changed. */
bool dy_live_look_out(dy_live *live);
void dy_live_fill_bar(const dy_live *live, dy_bar *bar);
void dy_live_set_title(dy_live *live);

/* --- live_picture.c */

/* A picture of so many pixels; `bare`: only the data, without what one acts with. Fails when memory is short. */
bool dy_live_compose(const dy_live *live, dy_shown *shown, double width_px, double height_px,
                     double scale, bool bare, dy_error *err);
const dy_scene *dy_live_scene(const dy_live *live);
/* The place of a run among the traces of the picture; -1: it is not there. */
int32_t dy_live_trace_of(const dy_live *live, int32_t run);

/* --- live_film.c */

/* Takes a picture where it is time to. */
void dy_live_roll(dy_live *live);

/* --- live_save.c */

/* What is seen, as PNG, SVG and PDF, under a name that nothing has yet. */
void dy_live_save(dy_live *live);

/* --- live_keys.c */

void dy_live_do(dy_live *live, dy_verb verb);

/* --- live_mouse.c */

void dy_live_gesture(dy_live *live, const dy_gesture *gesture);

/* --- live_steer.c */

/* All of these say so where nothing trains. */
bool dy_live_order(dy_live *live, dy_act act, int32_t lane, int64_t count, double value);
void dy_live_pause(dy_live *live);
void dy_live_advance(dy_live *live, bool epoch);
void dy_live_speed(dy_live *live, int by); /* slower, faster; 0: no limit */
void dy_live_go_back(dy_live *live, dy_act act, double update);
void dy_live_cool(dy_live *live);
void dy_live_undo(dy_live *live);
/* Before the chosen channel is changed by hand. */
void dy_live_keep_for_undo(dy_live *live, dy_channel channel);
/* Sends what a hand has changed since. */
void dy_live_send_bends(dy_live *live);
/* The lane of the chosen run; false: it does not train. */
bool dy_live_chosen(const dy_live *live, dy_run_view *run);

/* --- live_menu.c */

void dy_live_open_panes(dy_live *live, dy_point at);
void dy_live_open_here(dy_live *live, const dy_hit *hit, dy_point at);
void dy_live_menu_press(dy_live *live, int32_t id);
/* true: the key was for the menu. */
bool dy_live_menu_key(dy_live *live, const dy_input *input);
void dy_live_open_field(dy_live *live);
bool dy_live_field_key(dy_live *live, const dy_input *input);
