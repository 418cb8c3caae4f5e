/* window.c - see window.h.
 *
 * Pixels go through the window's surface, which on X11 is shared memory: opening a graphics context would take longer
 * than the first frame may, and a picture of lines wants none.
 *
 * SPDX-License-Identifier: MIT */
#include "view/window.h"

#include <SDL.h>
#include <SDL_syswm.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double USUAL_DPI = 96;
static const double SHARP_DPI =
    144; /* from here on a display is taken for a high-density one */

enum { LEAST_WIDTH = 640, LEAST_HEIGHT = 400, MOST_SCALE = 4 };

struct dy_window {
    dy_arena arena;
    SDL_Window *window;
    double asked;       /* scale; 0: the display's */
    double scale, unit; /* device pixels, and SDL's window units, to a logical pixel */
    double x, y;        /* of the mouse */
    unsigned held;
    SDL_Surface
        *beside; /* painted instead of the window's own where that is in another format */
    SDL_Cursor *cursors[DY_CURSORS];
    dy_cursor cursor;
    void *xlib;
    bool lost, lost_told;
};

/* --- the display going away --------------------------------------------------------------------------------------- */

/* Xlib ends the process when its server is gone, and a run's record with it; later versions can be told to go on: both
 * who is told of the error and who is asked to exit have to return. */
static void on_lost(void *display, void *window)
{
    (void)display;
    ((dy_window *)window)->lost = true;
}

#ifdef SDL_VIDEO_DRIVER_X11
static int on_error(void *display)
{
    (void)display;
    return 0;
}

/* A function of Xlib's, into *to; C has no cast from an object to a function. */
static bool find(void *xlib, const char *name, void *to, size_t size)
{
    void *found = xlib ? SDL_LoadFunction(xlib, name) : NULL;
    memcpy(to, &found, size);
    return found != NULL;
}

static void outlive_display(dy_window *w)
{
    void (*set_exit)(void *display, void (*handler)(void *, void *), void *data);
    void (*set_error)(int (*handler)(void *));
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(w->window, &info) || info.subsystem != SDL_SYSWM_X11) return;
    w->xlib = SDL_LoadObject("libX11.so.6");
    if (!find(w->xlib, "XSetIOErrorExitHandler", &set_exit, sizeof set_exit) ||
        !find(w->xlib, "XSetIOErrorHandler", &set_error, sizeof set_error))
        return;
    set_exit(info.info.x11.display, on_lost, w);
    set_error(on_error);
}
#else
static void outlive_display(dy_window *w)
{
    (void)w, (void)on_lost;
}
#endif

/* --- sizes -------------------------------------------------------------------------------------------------------- */

/* By the display's own word where there is no better one, in halves. */
static double display_scale(SDL_Window *window)
{
    float dpi = 0;
    int display = window ? SDL_GetWindowDisplayIndex(window) : 0;
    if (SDL_GetDisplayDPI(display, NULL, &dpi, NULL) || !((double)dpi >= SHARP_DPI)) return 1;
    return fmin(MOST_SCALE, floor(2 * (double)dpi / USUAL_DPI) / 2);
}

/* Some systems give a window more pixels than units, others leave all of it to the program. */
static void measure(dy_window *w)
{
    int units = 0, pixels = 0, height;
    SDL_GetWindowSize(w->window, &units, &height);
    SDL_Surface *surface = SDL_GetWindowSurface(w->window);
    if (surface) pixels = surface->w;
    double density = units > 0 && pixels > units ? (double)pixels / units : 1;
    w->scale = w->asked > 0 ? w->asked : density > 1 ? density : display_scale(w->window);
    w->unit = w->scale / density;
}

void dy_window_size(const dy_window *w, double *width_px, double *height_px, double *scale)
{
    int width, height;
    SDL_GetWindowSize(w->window, &width, &height);
    *width_px = width / w->unit;
    *height_px = height / w->unit;
    *scale = w->scale;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

bool dy_window_wanted(void)
{
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("SDL_VIDEODRIVER");
}

/* Left to itself, SDL tries everything that can put pixels somewhere, and takes what nobody sees. */
static void set_driver(void)
{
    bool x11 = is_set("DISPLAY"), wayland = is_set("WAYLAND_DISPLAY");
    if (is_set("SDL_VIDEODRIVER")) return;
    SDL_SetHint(SDL_HINT_VIDEODRIVER, x11 && wayland ? "x11,wayland" : x11 ? "x11" : "wayland");
}

static void set_hints(void)
{
    set_driver();
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); /* they are the desk's */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint("SDL_APP_NAME", "Derny");
    SDL_SetHint("SDL_VIDEO_X11_WMCLASS", "derny");
    SDL_SetHint("SDL_VIDEO_WAYLAND_WMCLASS", "derny");
}

/* As asked, or four fifths of a smaller screen. */
static int fit(double wanted, int room)
{
    return (int)(room > 0 && wanted > 0.95 * room ? 0.8 * room : wanted);
}

static bool create(dy_window *w, const char *title, double width_px, double height_px,
                   dy_error *err)
{
    double unit = w->asked > 0 ? w->asked : display_scale(NULL);
    SDL_Rect room = { 0 };
    SDL_GetDisplayUsableBounds(0, &room);
    w->window = SDL_CreateWindow(title, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                 fit(width_px * unit, room.w), fit(height_px * unit, room.h),
                                 SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!w->window || !SDL_GetWindowSurface(w->window))
        return dy_fail(err, "cannot open a window (%s)", SDL_GetError());
    measure(w);
    SDL_SetWindowMinimumSize(w->window, (int)(LEAST_WIDTH * w->unit),
                             (int)(LEAST_HEIGHT * w->unit));
    outlive_display(w);
    SDL_StartTextInput();
    return true;
}

bool dy_window_open(dy_window **window, const char *title, double width_px, double height_px,
                    double scale, dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_window *w = dy_arena_take(&arena, 1, sizeof *w, err);
    if (!w) return false;
    *w = (dy_window){ .arena = arena, .asked = scale, .cursor = DY_CURSORS };
    set_hints();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) == 0) {
        if (create(w, title, width_px, height_px, err)) {
            *window = w;
            return true;
        }
    } else {
        dy_fail(err, "cannot open a window (%s)", SDL_GetError());
    }
    dy_window_close(w);
    return false;
}

void dy_window_close(dy_window *w)
{
    if (!w) return;
    if (!w->lost) { /* else SDL would talk to a display that is not there */
        for (int i = 0; i < DY_CURSORS; i++)
            if (w->cursors[i]) SDL_FreeCursor(w->cursors[i]);
        SDL_FreeSurface(w->beside);
        if (w->window) SDL_DestroyWindow(w->window);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        if (w->xlib) SDL_UnloadObject(w->xlib);
    }
    dy_arena arena = w->arena;
    dy_arena_close(&arena);
}

/* --- what the person does ----------------------------------------------------------------------------------------- */

/* As it was when the event came: several may wait, and SDL knows what is held now. */
static void note_held(dy_window *w, const SDL_Event *event)
{
    if (event->type != SDL_KEYDOWN && event->type != SDL_KEYUP) return;
    Uint16 mod = event->key.keysym.mod;
    w->held = (mod & KMOD_SHIFT ? DY_HELD_SHIFT : 0U) |
              (mod & (KMOD_CTRL | KMOD_GUI) ? DY_HELD_CTRL : 0U) |
              (mod & KMOD_LALT ? DY_HELD_ALT : 0U);
}

/* Keys that are no character. */
static int32_t named_key(SDL_Keycode code)
{
    static const struct {
        SDL_Keycode code;
        int32_t key;
    } KEYS[] = {
        { SDLK_RETURN, DY_KEY_ENTER },   { SDLK_KP_ENTER, DY_KEY_ENTER },
        { SDLK_ESCAPE, DY_KEY_ESCAPE },  { SDLK_BACKSPACE, DY_KEY_BACKSPACE },
        { SDLK_DELETE, DY_KEY_DELETE },  { SDLK_TAB, DY_KEY_TAB },
        { SDLK_LEFT, DY_KEY_LEFT },      { SDLK_RIGHT, DY_KEY_RIGHT },
        { SDLK_UP, DY_KEY_UP },          { SDLK_DOWN, DY_KEY_DOWN },
        { SDLK_HOME, DY_KEY_HOME },      { SDLK_END, DY_KEY_END },
        { SDLK_PAGEUP, DY_KEY_PAGE_UP }, { SDLK_PAGEDOWN, DY_KEY_PAGE_DOWN },
        { SDLK_F11, DY_KEY_F11 },
    };

    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (KEYS[i].code == code) return KEYS[i].key;
    return 0;
}

static int32_t key_of(const dy_window *w, const SDL_KeyboardEvent *event)
{
    SDL_Keycode code = event->keysym.sym;
    int32_t named = named_key(code);
    if (named) return named;
    SDL_Scancode place = event->keysym.scancode;
    if (code > 127 && place >= SDL_SCANCODE_A && place <= SDL_SCANCODE_Z)
        code =
            'a' + (SDL_Keycode)(place - SDL_SCANCODE_A); /* the layout has no Latin letters */
    bool chord = w->held & (DY_HELD_CTRL | DY_HELD_ALT); /* which types no text */
    if (dy_key_is_plain(code) || (chord && code > ' ' && code < 127)) return code;
    return 0;
}

static bool take_window(dy_window *w, const SDL_WindowEvent *event, dy_input *input)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED: measure(w); /* fall through */
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED: input->kind = DY_INPUT_SHOW; return true;
    case SDL_WINDOWEVENT_HIDDEN:
    case SDL_WINDOWEVENT_MINIMIZED: input->kind = DY_INPUT_HIDE; return true;
    case SDL_WINDOWEVENT_LEAVE: input->kind = DY_INPUT_LEAVE; return true;
    case SDL_WINDOWEVENT_CLOSE: input->kind = DY_INPUT_CLOSE; return true;
    default: return false;
    }
}

static void take_button(dy_window *w, const SDL_MouseButtonEvent *event, dy_input *input)
{
    input->kind = event->type == SDL_MOUSEBUTTONDOWN ? DY_INPUT_DOWN : DY_INPUT_UP;
    input->button = event->button;
    input->clicks = event->clicks;
    input->x = w->x = event->x / w->unit;
    input->y = w->y = event->y / w->unit;
}

/* false: nothing that anyone needs to know. */
static bool take(dy_window *w, const SDL_Event *event, dy_input *input)
{
    note_held(w, event);
    *input = (dy_input){ .held = w->held, .x = w->x, .y = w->y };
    switch (event->type) {
    case SDL_QUIT: input->kind = DY_INPUT_CLOSE; return true;
    case SDL_WINDOWEVENT: return take_window(w, &event->window, input);
    case SDL_KEYDOWN:
        input->kind = DY_INPUT_KEY;
        return (input->key = key_of(w, &event->key)) != 0;
    case SDL_TEXTINPUT:
        input->kind = DY_INPUT_KEY;
        return (input->key = dy_key_typed(event->text.text)) != 0;
    case SDL_MOUSEMOTION:
        input->kind = DY_INPUT_MOVE;
        input->x = w->x = event->motion.x / w->unit;
        input->y = w->y = event->motion.y / w->unit;
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: take_button(w, &event->button, input); return true;
    case SDL_MOUSEWHEEL:
        input->kind = DY_INPUT_WHEEL;
        input->wheel_x = (double)event->wheel.preciseX;
        input->wheel_y = (double)event->wheel.preciseY;
        return true;
    default: return false;
    }
}

bool dy_window_next(dy_window *w, dy_input *input)
{
    SDL_Event event;
    while (!w->lost && SDL_PollEvent(&event))
        if (take(w, &event, input)) return true;
    if (!w->lost || w->lost_told) return false;
    w->lost_told = true;
    *input = (dy_input){ .kind = DY_INPUT_LOST };
    return true;
}

/* --- pixels ------------------------------------------------------------------------------------------------------- */

/* Where its own surface is not laid out as dy_pixels are, another is painted and copied. */
static SDL_Surface *surface_to_paint(dy_window *w)
{
    SDL_Surface *own = SDL_GetWindowSurface(w->window);
    if (!own || own->format->format == SDL_PIXELFORMAT_RGB888 ||
        own->format->format == SDL_PIXELFORMAT_ARGB8888)
        return own;
    if (w->beside && w->beside->w == own->w && w->beside->h == own->h) return w->beside;
    SDL_FreeSurface(w->beside);
    w->beside = SDL_CreateRGBSurfaceWithFormat(0, own->w, own->h, 32, SDL_PIXELFORMAT_RGB888);
    return w->beside;
}

bool dy_window_pixels(dy_window *w, dy_pixels *pixels, dy_error *err)
{
    SDL_Surface *surface = w->lost ? NULL : surface_to_paint(w);
    if (!surface) return dy_fail(err, "cannot draw in the window (%s)", SDL_GetError());
    *pixels = (dy_pixels){ surface->pixels, surface->w, surface->h, surface->pitch };
    return true;
}

bool dy_window_show(dy_window *w, dy_error *err)
{
    if (w->lost) return true; /* the next event tells */
    SDL_Surface *own = SDL_GetWindowSurface(w->window);
    bool other = own && w->beside && w->beside->w == own->w && w->beside->h == own->h;
    if (other && own->format->format != SDL_PIXELFORMAT_RGB888)
        SDL_BlitSurface(w->beside, NULL, own, NULL);
    if (own && SDL_UpdateWindowSurface(w->window) == 0) return true;
    return dy_fail(err, "cannot draw in the window (%s)", SDL_GetError());
}

/* --- its frame ---------------------------------------------------------------------------------------------------- */

void dy_window_title(dy_window *w, const char *title)
{
    if (!w->lost) SDL_SetWindowTitle(w->window, title);
}

void dy_window_icon(dy_window *w, const dy_pixels *pixels)
{
    SDL_Surface *icon =
        SDL_CreateRGBSurfaceWithFormatFrom(pixels->bytes, pixels->width, pixels->height, 32,
                                           pixels->stride, SDL_PIXELFORMAT_ARGB8888);
    if (icon) SDL_SetWindowIcon(w->window, icon);
    SDL_FreeSurface(icon);
}

bool dy_window_full(dy_window *w, bool full)
{
    return !w->lost &&
           SDL_SetWindowFullscreen(w->window, full ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0) == 0;
}

void dy_window_cursor(dy_window *w, dy_cursor cursor)
{
    static const SDL_SystemCursor SHAPES[DY_CURSORS] = { SDL_SYSTEM_CURSOR_ARROW,
                                                         SDL_SYSTEM_CURSOR_HAND,
                                                         SDL_SYSTEM_CURSOR_CROSSHAIR,
                                                         SDL_SYSTEM_CURSOR_SIZEALL };
    if (w->lost || cursor == w->cursor) return;
    w->cursor = cursor;
    if (!w->cursors[cursor]) w->cursors[cursor] = SDL_CreateSystemCursor(SHAPES[cursor]);
    if (w->cursors[cursor]) SDL_SetCursor(w->cursors[cursor]);
}
