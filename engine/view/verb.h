/* verb.h - what a person can tell a window: the one table of its keys, its buttons and its help.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/input.h"
#include "view/view.h"

typedef enum dy_verb {
    DY_VERB_NONE,
    /* the training */
    DY_VERB_PAUSE, /* or go on */
    DY_VERB_UPDATE,
    DY_VERB_EPOCH,
    DY_VERB_SLOWER,
    DY_VERB_FASTER,
    DY_VERB_UNLIMITED,
    DY_VERB_STOP,
    DY_VERB_RESTART,
    /* the coming schedule */
    DY_VERB_NEXT_KEY,
    DY_VERB_KEY_BEFORE,
    DY_VERB_ADD,
    DY_VERB_REMOVE,
    DY_VERB_TYPE,
    DY_VERB_DRAW,
    DY_VERB_CHANNEL,
    DY_VERB_UNDO,
    DY_VERB_RELOAD,
    /* another way */
    DY_VERB_REWIND,
    DY_VERB_FORK,
    DY_VERB_COOL,
    DY_VERB_PREDICT,
    DY_VERB_RECORD,
    /* moving: a keyframe where one is chosen, else the crosshair and the choice of a run */
    DY_VERB_LEFT,
    DY_VERB_RIGHT,
    DY_VERB_UP,
    DY_VERB_DOWN,
    DY_VERB_LEFT_FAR,
    DY_VERB_RIGHT_FAR,
    DY_VERB_UP_FAR,
    DY_VERB_DOWN_FAR,
    /* looking */
    DY_VERB_ZOOM_IN,
    DY_VERB_ZOOM_OUT,
    DY_VERB_BACK_ON, /* earlier updates */
    DY_VERB_FORTH,   /* later ones */
    DY_VERB_FIT,
    DY_VERB_FOLLOW,
    DY_VERB_AXIS,
    DY_VERB_PANES,
    DY_VERB_SMOOTHER,
    DY_VERB_ROUGHER,
    DY_VERB_HIDE,
    DY_VERB_SOLO,
    DY_VERB_SORT,
    DY_VERB_RANK,
    DY_VERB_THEME,
    DY_VERB_LARGE,
    DY_VERB_SAVE,
    DY_VERB_HELP,
    DY_VERB_ACCEPT,
    DY_VERB_CANCEL,
    DY_VERB_DETACH,
    DY_VERB_CLOSE,
    DY_VERBS,
} dy_verb;

/* "pause": for the trace of what a window does, and for tests. */
const char *dy_verb_name(dy_verb verb);

/* What a key means, where no field for typing is open; DY_VERB_NONE: nothing. */
dy_verb dy_verb_of(const dy_input *input);

/* The help's lines. Returns how many. */
int32_t dy_verb_help(const dy_help **lines);

/* What the buttons need to know. */
typedef struct dy_verb_state {
    bool paused, running, race, ranked, following, drawing, predicting, dark, large, undo;
} dy_verb_state;

enum { DY_BUTTONS_MOST = 32 };

/* Fills buttons[DY_BUTTONS_MOST], their ids being verbs. Returns how many. */
int32_t dy_verb_buttons(dy_button *buttons, const dy_verb_state *state);
