/* film.c - see film.h.   SPDX-License-Identifier: MIT */
#include "view/film.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char PREFIX[] = "frame-";

struct dy_film {
    dy_arena arena;
    char *folder; /* NULL: no PNGs */
    char *movie;  /* NULL: none */
    pid_t ffmpeg; /* 0: not started; its standard input is: */
    int pipe;
    dy_pixels pixels; /* of one picture; no bytes: there was none yet */
    int64_t n;
};

/* --- the folder --------------------------------------------------------------------------------------------------- */

static bool has_frames(const char *folder)
{
    DIR *entries = opendir(folder);
    if (!entries) return false;
    bool found = false;
    for (struct dirent *e; !found && (e = readdir(entries));)
        found = strncmp(e->d_name, PREFIX, sizeof PREFIX - 1) == 0;
    closedir(entries);
    return found;
}

static bool make_folder(const char *folder, dy_error *err)
{
    struct stat info;
    if (mkdir(folder, 0777) && errno != EEXIST)
        return dy_fail(err, "%s: %s", folder, strerror(errno));
    if (stat(folder, &info) || !S_ISDIR(info.st_mode))
        return dy_fail(err, "%s: not a folder", folder);
    if (has_frames(folder))
        return dy_fail(err, "%s holds frames of another film; want a new or an empty folder",
                       folder);
    return true;
}

/* --- ffmpeg ------------------------------------------------------------------------------------------------------- */

/* It reads whole pictures; sides must be even for the pixel format that everything plays. */
static int spawn(dy_film *film, int input)
{
    char size[32];
    snprintf(size, sizeof size, "%dx%d", film->pixels.width, film->pixels.height);
    const char *const words[] = {
        "ffmpeg",   "-loglevel", "error",     "-y",
        "-f",       "rawvideo",  "-pix_fmt",  "bgra",
        "-s",       size,        "-r",        "25",
        "-i",       "-",         "-vf",       "pad=ceil(iw/2)*2:ceil(ih/2)*2",
        "-pix_fmt", "yuv420p",   film->movie, NULL
    };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP); /* Ctrl-C is not for it */
    int failed = posix_spawnp(&film->ffmpeg, words[0], &actions, &attributes,
                              (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

static bool start_ffmpeg(dy_film *film, dy_error *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return dy_fail(err, "%s: %s", film->movie, strerror(errno));
    int failed = spawn(film, ends[1]);
    close(ends[1]);
    film->pipe = ends[0];
    if (!failed) return true;
    film->ffmpeg = 0;
    close(ends[0]);
    return dy_fail(err, "%s: cannot start ffmpeg (%s)", film->movie, strerror(failed));
}

/* On the way to where programs are. */
static bool have_ffmpeg(const char *path)
{
    char name[4096];
    while (path && *path) {
        size_t n = strcspn(path, ":");
        snprintf(name, sizeof name, "%.*s/ffmpeg", (int)n, path);
        if (n > 0 && access(name, X_OK) == 0) return true;
        path += n + (path[n] == ':');
    }
    return false;
}

/* A socket, and not a pipe: writing to one whose reader has gone is an error and no signal. */
static bool send_pixels(const dy_film *film)
{
    const unsigned char *at = film->pixels.bytes;
    size_t left = (size_t)film->pixels.stride * (size_t)film->pixels.height;
    while (left > 0) {
        ssize_t n = send(film->pipe, at, left, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        left -= (size_t)n;
    }
    return true;
}

/* --- the film ----------------------------------------------------------------------------------------------------- */

bool dy_film_open(dy_film **film, const char *folder, const char *movie, dy_error *err)
{
    if (folder && !make_folder(folder, err)) return dy_fail_in(err, "--frames");
    if (movie && !have_ffmpeg(getenv("PATH")))
        return dy_fail(err,
                       "--film wants ffmpeg, and there is none here; install it, or keep the "
                       "pictures with --frames DIR");
    dy_arena arena = dy_arena_make(0);
    dy_film *f = dy_arena_take(&arena, 1, sizeof *f, err);
    if (!f) return false;
    if (folder) f->folder = dy_arena_text(&arena, folder, err);
    if (movie) f->movie = dy_arena_text(&arena, movie, err);
    f->arena = arena;
    if ((folder && !f->folder) || (movie && !f->movie)) {
        dy_arena_close(&arena);
        return false;
    }
    *film = f;
    return true;
}

static bool begin(dy_film *f, const dy_scene *scene, dy_error *err)
{
    int width = (int)ceil(scene->width_px * scene->scale);
    int height = (int)ceil(scene->height_px * scene->scale);
    unsigned char *bytes = dy_arena_take(&f->arena, (int64_t)width * height, 4, err);
    if (!bytes) return false;
    f->pixels = (dy_pixels){ bytes, width, height, 4 * width };
    return start_ffmpeg(f, err);
}

static bool add_to_movie(dy_film *f, const dy_scene *scene, dy_error *err)
{
    if (!f->pixels.bytes && !begin(f, scene, err)) return false;
    DY_ASSERT((int)ceil(scene->width_px * scene->scale) == f->pixels.width);
    DY_ASSERT((int)ceil(scene->height_px * scene->scale) == f->pixels.height);
    if (!dy_paint_pixels(scene, &f->pixels, err)) return false;
    return send_pixels(f) || dy_fail(err, "%s: ffmpeg takes no more pictures", f->movie);
}

bool dy_film_add(dy_film *f, const dy_scene *scene, dy_error *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s%06lld.png", f->folder ? f->folder : "", PREFIX,
             (long long)f->n + 1);
    if (f->folder && !dy_paint_file(scene, path, err)) return false;
    if (f->movie && !add_to_movie(f, scene, err)) return false;
    f->n++;
    return true;
}

int64_t dy_film_len(const dy_film *f)
{
    return f->n;
}

static bool wait_for_ffmpeg(const dy_film *f, dy_error *err)
{
    int status;
    close(f->pipe);
    pid_t pid;
    do pid = waitpid(f->ffmpeg, &status, 0);
    while (pid < 0 && errno == EINTR);
    if (pid == f->ffmpeg && WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    return dy_fail(err, "%s: ffmpeg made no film of it", f->movie);
}

bool dy_film_close(dy_film *f, dy_error *err)
{
    if (!f) return true;
    bool ok = f->ffmpeg == 0 || wait_for_ffmpeg(f, err);
    dy_arena arena = f->arena;
    dy_arena_close(&arena);
    return ok;
}
