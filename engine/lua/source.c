/* source.c - see source.h.   SPDX-License-Identifier: MIT */
#include "lua/source.h"

#include "lua/hurry.h"

#include <lauxlib.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 512 }; /* bytes */

typedef struct source {
    int file;
    bool first;
    bool binary; /* it starts as bytecode does */
    int failed;  /* errno of a read */
    char bytes[PIECE];
} source;

typedef struct text_source {
    const char *at;
    size_t left;
} text_source;

/* How many bytes at the start are a byte order mark. */
static size_t mark_len(const char *bytes, size_t n)
{
    return n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* Reads on until PIECE bytes are there or the file ends. */
static size_t fill(source *s)
{
    size_t used = 0;
    while (used < PIECE) {
        ssize_t n = read(s->file, s->bytes + used, PIECE - used);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) s->failed = errno;
        if (n <= 0) break;
        used += (size_t)n;
    }
    return used;
}

/* The first line is blanked as a comment: its newline stays, so that lines keep their numbers. */
static const char *begin(source *s, size_t *size)
{
    size_t at = mark_len(s->bytes, *size);
    bool comment = at < *size && s->bytes[at] == '#';
    while (comment) {
        while (at < *size && s->bytes[at] != '\n') at++;
        if (at < *size || *size < PIECE) break;
        *size = fill(s);
        at = 0;
    }
    s->binary = at < *size && s->bytes[at] == LUA_SIGNATURE[0];
    *size -= at;
    return s->bytes + at;
}

static const char *read_file(lua_State *L, void *self, size_t *size)
{
    source *s = self;
    dy_hurry_check(L);
    *size = fill(s);
    if (!s->first) return s->bytes;
    s->first = false;
    return begin(s, size);
}

static const char *read_text(lua_State *L, void *self, size_t *size)
{
    text_source *s = self;
    const char *piece = s->at;
    dy_hurry_check(L);
    *size = s->left < PIECE ? s->left : PIECE;
    s->at += *size;
    s->left -= *size;
    return piece;
}

static int cannot(lua_State *L, const char *chunk, int code)
{
    const char *why = strerror(code);
    if (code == ELOOP) why = "it is a symbolic link";
    if (code == EINVAL) why = "it is no ordinary file";
    lua_pushfstring(L, "cannot read %s: %s", chunk + 1, why);
    return LUA_ERRFILE;
}

/* The descriptor of a regular file, or -1 with errno set. */
static int open_regular(int directory, const char *path, int flags)
{
    struct stat is;
    int file = openat(directory, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
    if (file < 0) return -1;
    if (fstat(file, &is) == 0 && S_ISREG(is.st_mode)) return file;
    close(file);
    errno = EINVAL;
    return -1;
}

int dy_source_file(lua_State *L, int directory, const char *path, int flags, const char *chunk)
{
    int file = open_regular(directory, path, flags);
    if (file < 0) return cannot(L, chunk, errno);
    source s = { .file = file, .first = true };
    int status = lua_load(L, read_file, &s, chunk, "t"); /* function or message */
    close(file);
    if (!s.failed && !s.binary) return status;
    lua_pop(L, 1);
    if (s.failed) return cannot(L, chunk, s.failed);
    lua_pushfstring(L, "%s: this is bytecode; want Lua text", chunk + 1);
    return LUA_ERRSYNTAX;
}

int dy_source_text(lua_State *L, const char *text, size_t len, const char *chunk)
{
    text_source s = { text, len };
    return lua_load(L, read_text, &s, chunk, "t");
}
