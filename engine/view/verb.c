/* verb.c - see verb.h.   SPDX-License-Identifier: MIT */
#include "view/verb.h"

#include <stddef.h>

static const char *const NAMES[DY_VERBS] = {
    [DY_VERB_NONE] = "none",
    [DY_VERB_PAUSE] = "pause",
    [DY_VERB_UPDATE] = "update",
    [DY_VERB_EPOCH] = "epoch",
    [DY_VERB_SLOWER] = "slower",
    [DY_VERB_FASTER] = "faster",
    [DY_VERB_UNLIMITED] = "unlimited",
    [DY_VERB_STOP] = "stop",
    [DY_VERB_RESTART] = "restart",
    [DY_VERB_NEXT_KEY] = "next-key",
    [DY_VERB_KEY_BEFORE] = "key-before",
    [DY_VERB_ADD] = "add",
    [DY_VERB_REMOVE] = "remove",
    [DY_VERB_TYPE] = "type",
    [DY_VERB_DRAW] = "draw",
    [DY_VERB_CHANNEL] = "channel",
    [DY_VERB_UNDO] = "undo",
    [DY_VERB_RELOAD] = "reload",
    [DY_VERB_REWIND] = "rewind",
    [DY_VERB_FORK] = "fork",
    [DY_VERB_COOL] = "cool",
    [DY_VERB_PREDICT] = "predict",
    [DY_VERB_RECORD] = "record",
    [DY_VERB_LEFT] = "left",
    [DY_VERB_RIGHT] = "right",
    [DY_VERB_UP] = "up",
    [DY_VERB_DOWN] = "down",
    [DY_VERB_LEFT_FAR] = "left-far",
    [DY_VERB_RIGHT_FAR] = "right-far",
    [DY_VERB_UP_FAR] = "up-far",
    [DY_VERB_DOWN_FAR] = "down-far",
    [DY_VERB_ZOOM_IN] = "zoom-in",
    [DY_VERB_ZOOM_OUT] = "zoom-out",
    [DY_VERB_BACK_ON] = "back",
    [DY_VERB_FORTH] = "forth",
    [DY_VERB_FIT] = "fit",
    [DY_VERB_FOLLOW] = "follow",
    [DY_VERB_AXIS] = "axis",
    [DY_VERB_PANES] = "panes",
    [DY_VERB_SMOOTHER] = "smoother",
    [DY_VERB_ROUGHER] = "rougher",
    [DY_VERB_HIDE] = "hide",
    [DY_VERB_SOLO] = "solo",
    [DY_VERB_SORT] = "sort",
    [DY_VERB_RANK] = "rank",
    [DY_VERB_THEME] = "theme",
    [DY_VERB_LARGE] = "large",
    [DY_VERB_SAVE] = "save",
    [DY_VERB_HELP] = "help",
    [DY_VERB_ACCEPT] = "accept",
    [DY_VERB_CANCEL] = "cancel",
    [DY_VERB_DETACH] = "detach",
    [DY_VERB_CLOSE] = "close",
};

const char *dy_verb_name(dy_verb verb)
{
    return (unsigned)verb < DY_VERBS ? NAMES[verb] : "unknown";
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

/* SHIFT matters with letters and with keys that type nothing. */
static const struct {
    int32_t key;
    unsigned held;
    dy_verb verb;
} KEYS[] = {
    { ' ', 0, DY_VERB_PAUSE },
    { '.', 0, DY_VERB_UPDATE },
    { 'e', 0, DY_VERB_EPOCH },
    { '-', 0, DY_VERB_SLOWER },
    { '+', 0, DY_VERB_FASTER },
    { '=', 0, DY_VERB_FASTER },
    { '0', 0, DY_VERB_UNLIMITED },
    { 'x', 0, DY_VERB_STOP },
    { 'r', DY_HELD_SHIFT, DY_VERB_RESTART },
    { DY_KEY_TAB, 0, DY_VERB_NEXT_KEY },
    { DY_KEY_TAB, DY_HELD_SHIFT, DY_VERB_KEY_BEFORE },
    { 'a', 0, DY_VERB_ADD },
    { DY_KEY_DELETE, 0, DY_VERB_REMOVE },
    { DY_KEY_BACKSPACE, 0, DY_VERB_REMOVE },
    { 'v', 0, DY_VERB_TYPE },
    { 'd', 0, DY_VERB_DRAW },
    { 'm', 0, DY_VERB_CHANNEL },
    { 'u', 0, DY_VERB_UNDO },
    { 'z', DY_HELD_CTRL, DY_VERB_UNDO },
    { 'r', 0, DY_VERB_REWIND },
    { 'b', 0, DY_VERB_FORK },
    { 'g', 0, DY_VERB_PREDICT },
    { 'w', 0, DY_VERB_RECORD },
    { DY_KEY_LEFT, 0, DY_VERB_LEFT },
    { DY_KEY_RIGHT, 0, DY_VERB_RIGHT },
    { DY_KEY_UP, 0, DY_VERB_UP },
    { DY_KEY_DOWN, 0, DY_VERB_DOWN },
    { DY_KEY_LEFT, DY_HELD_SHIFT, DY_VERB_LEFT_FAR },
    { DY_KEY_RIGHT, DY_HELD_SHIFT, DY_VERB_RIGHT_FAR },
    { DY_KEY_UP, DY_HELD_SHIFT, DY_VERB_UP_FAR },
    { DY_KEY_DOWN, DY_HELD_SHIFT, DY_VERB_DOWN_FAR },
    { 'z', 0, DY_VERB_ZOOM_IN },
    { 'z', DY_HELD_SHIFT, DY_VERB_ZOOM_OUT },
    { DY_KEY_PAGE_UP, 0, DY_VERB_BACK_ON },
    { DY_KEY_PAGE_DOWN, 0, DY_VERB_FORTH },
    { DY_KEY_HOME, 0, DY_VERB_FIT },
    { DY_KEY_END, 0, DY_VERB_FOLLOW },
    { 'y', 0, DY_VERB_AXIS },
    { 'p', 0, DY_VERB_PANES },
    { ']', 0, DY_VERB_SMOOTHER },
    { '[', 0, DY_VERB_ROUGHER },
    { 'h', 0, DY_VERB_HIDE },
    { 'o', 0, DY_VERB_SOLO },
    { 'n', 0, DY_VERB_SORT },
    { 'j', 0, DY_VERB_RANK },
    { 'k', 0, DY_VERB_THEME },
    { 'f', 0, DY_VERB_LARGE },
    { DY_KEY_F11, 0, DY_VERB_LARGE },
    { 's', 0, DY_VERB_SAVE },
    { '?', 0, DY_VERB_HELP },
    { DY_KEY_ENTER, 0, DY_VERB_ACCEPT },
    { DY_KEY_ESCAPE, 0, DY_VERB_CANCEL },
    { 'q', DY_HELD_SHIFT, DY_VERB_DETACH },
    { 'q', 0, DY_VERB_CLOSE },
};

static bool shift_matters(int32_t key)
{
    return (key >= 'a' && key <= 'z') || key >= DY_KEY_ENTER;
}

dy_verb dy_verb_of(const dy_input *input)
{
    if (input->kind != DY_INPUT_KEY) return DY_VERB_NONE;
    unsigned held = input->held;
    if (!shift_matters(input->key)) held &= ~(unsigned)DY_HELD_SHIFT;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (KEYS[i].key == input->key && KEYS[i].held == held) return KEYS[i].verb;
    return DY_VERB_NONE;
}

/* --- the help ----------------------------------------------------------------------------------------------------- */

static const dy_help HELP[] = {
    { NULL, NULL, "training" },
    { "space", "its button", "pause, go on" },
    { ".   e", "their buttons", "one update, one epoch" },
    { "-   +   0", "their buttons", "slower, faster, no limit" },
    { "x  x", "its button, twice", "stop the race" },
    { "shift r", "its button", "run the script again" },
    { NULL, NULL, "the coming schedule" },
    { "tab   shift tab", "point at it", "choose a keyframe" },
    { "arrows", "drag it", "move it; with shift, further" },
    { "a", "double click the curve", "add one" },
    { "delete", "right click it", "remove it" },
    { "v", "double click it", "type its value" },
    { "d", "shift and drag", "draw the curve by hand" },
    { "m", "point at the pane", "keys act on lr, on momentum" },
    { "u", "its button", "undo" },
    { NULL, NULL, "another way" },
    { "r", "click a past update", "rewind to it" },
    { "b", "ctrl and click", "fork there" },
    { "g", "its button", "predict, and see" },
    { "w", "its button", "write the session as a script" },
    { NULL, NULL, "looking" },
    { "left   right", "move the mouse", "the crosshair; with shift, further" },
    { "z   shift z", "wheel", "zoom in, zoom out" },
    { "page up, down", "drag", "earlier, later" },
    { "home", "double click", "all updates" },
    { "end", "its button", "follow the newest" },
    { "y", "click the axis", "linear or log" },
    { "p", "its button", "choose the panes" },
    { "[   ]", "drag the slider", "less, more smoothing" },
    { "up   down", "point at its curve", "choose a run" },
    { "h   o", "click, double click its name", "hide it; see it alone" },
    { "n   j", "click their heading", "sort the runs; the leaderboard" },
    { "k   f", "their buttons", "dark or light; full screen" },
    { "s", "its button", "save a picture: PNG, SVG, PDF" },
    { "q   shift q", "close the window", "stop and close; train on without" },
};

int32_t dy_verb_help(const dy_help **lines)
{
    *lines = HELP;
    return sizeof HELP / sizeof *HELP;
}

/* --- the buttons -------------------------------------------------------------------------------------------------- */

static const dy_button BUTTONS[] = {
    { DY_VERB_PAUSE, DY_GLYPH_PAUSE, "pause", "space", .apart = false },
    { DY_VERB_UPDATE, DY_GLYPH_STEP, "one update", ".", .apart = false },
    { DY_VERB_EPOCH, DY_GLYPH_EPOCH, "one epoch", "e", .apart = false },
    { DY_VERB_SLOWER, DY_GLYPH_SLOWER, "slower", "-", .apart = false },
    { DY_VERB_FASTER, DY_GLYPH_FASTER, "faster", "+", .apart = false },
    { DY_VERB_STOP, DY_GLYPH_STOP, "stop", "x", .apart = false },
    { DY_VERB_UNDO, DY_GLYPH_UNDO, "undo", "u", .apart = true },
    { DY_VERB_DRAW, DY_GLYPH_DRAW, "draw", "d", .apart = false },
    { DY_VERB_REWIND, DY_GLYPH_REWIND, "rewind", "r", .apart = false },
    { DY_VERB_FORK, DY_GLYPH_FORK, "fork", "b", .apart = false },
    { DY_VERB_RESTART, DY_GLYPH_RELOAD, "run again", "shift r", .apart = false },
    { DY_VERB_RECORD, DY_GLYPH_RECORD, "write as a script", "w", .apart = false },
    { DY_VERB_PREDICT, DY_GLYPH_PREDICT, "predict", "g", .apart = true },
    { DY_VERB_RANK, DY_GLYPH_RACE, "leaderboard", "j", .apart = false },
    { DY_VERB_PANES, DY_GLYPH_PANES, "panes", "p", .apart = false },
    { DY_VERB_FIT, DY_GLYPH_FIT, "all updates", "home", .apart = true },
    { DY_VERB_FOLLOW, DY_GLYPH_FOLLOW, "follow", "end", .apart = false },
    { DY_VERB_THEME, DY_GLYPH_THEME, "dark or light", "k", .apart = false },
    { DY_VERB_LARGE, DY_GLYPH_LARGE, "full screen", "f", .apart = false },
    { DY_VERB_SAVE, DY_GLYPH_CAMERA, "save a picture", "s", .apart = false },
    { DY_VERB_HELP, DY_GLYPH_HELP, "help", "?", .apart = false },
};

_Static_assert(sizeof BUTTONS / sizeof *BUTTONS <= DY_BUTTONS_MOST, "the buttons' room");

static bool is_lit(dy_verb verb, const dy_verb_state *s)
{
    return (verb == DY_VERB_DRAW && s->drawing) || (verb == DY_VERB_PREDICT && s->predicting) ||
           (verb == DY_VERB_RANK && s->ranked) || (verb == DY_VERB_FOLLOW && s->following) ||
           (verb == DY_VERB_LARGE && s->large);
}

/* What steers a training has nothing to steer once there is none. */
static bool is_off(dy_verb verb, const dy_verb_state *s)
{
    bool steers = verb >= DY_VERB_PAUSE && verb <= DY_VERB_COOL && verb != DY_VERB_RESTART;
    return (steers && !s->running) || (verb == DY_VERB_UNDO && !s->undo) ||
           (verb == DY_VERB_RANK && !s->race);
}

int32_t dy_verb_buttons(dy_button *buttons, const dy_verb_state *state)
{
    int32_t n = sizeof BUTTONS / sizeof *BUTTONS;
    for (int32_t i = 0; i < n; i++) {
        dy_button *b = &buttons[i];
        *b = BUTTONS[i];
        b->lit = is_lit((dy_verb)b->id, state);
        b->off = is_off((dy_verb)b->id, state);
        if (b->id == DY_VERB_PAUSE && state->paused) {
            b->glyph = DY_GLYPH_PLAY;
            b->label = "go on";
        }
    }
    return n;
}
