/* bytes.c - see bytes.h; unpacking is inflate.c's.   SPDX-License-Identifier: MIT */
#include "data/bytes.h"

#include "base/flate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool dy_bytes_exist(const char *file)
{
    struct stat status;
    return stat(file, &status) == 0 && S_ISREG(status.st_mode);
}

/* Only a regular file has a size to go by; and /dev/zero has no end. */
static bool size_of(int fd, int64_t *size, dy_error *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0) return dy_fail(err, "%s", strerror(errno));
    if (S_ISDIR(status.st_mode)) return dy_fail(err, "is a folder; want a file");
    if (!S_ISREG(status.st_mode)) return dy_fail(err, "is not a regular file");
    *size = (int64_t)status.st_size;
    return true;
}

static bool read_all(dy_bytes *bytes, dy_arena *arena, int fd, dy_error *err)
{
    int64_t size = 0, got = 0;
    if (!size_of(fd, &size, err)) return false;
    uint8_t *at = dy_arena_take(arena, size + 1, 1, err);
    if (!at) return false;
    while (got < size) {
        ssize_t n = read(fd, at + got, (size_t)(size - got));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return dy_fail(err, "%s", strerror(errno));
        if (n == 0) return dy_fail(err, "became shorter while it was read");
        got += n;
    }
    *bytes = (dy_bytes){ at, size };
    return true;
}

/* The first bytes decide where the rest goes: packed data only pass through. */
static bool read_fd(dy_bytes *bytes, dy_arena *arena, int fd, dy_error *err)
{
    uint8_t head[2];
    if (pread(fd, head, sizeof head, 0) != (ssize_t)sizeof head || !dy_gzip_begins(head))
        return read_all(bytes, arena, fd, err);
    dy_arena scratch = dy_arena_make(arena->limit);
    dy_bytes packed;
    bool ok = read_all(&packed, &scratch, fd, err) && dy_gzip_unpack(bytes, arena, packed, err);
    dy_arena_close(&scratch);
    return ok;
}

bool dy_bytes_read(dy_bytes *bytes, dy_arena *arena, const char *file, dy_error *err)
{
    /* not blocking: opening a pipe nobody writes to would wait for ever, before it can be refused */
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return dy_fail(err, "%s: %s", file, strerror(errno));
    bool ok = read_fd(bytes, arena, fd, err);
    close(fd);
    return ok || dy_fail_in(err, "%s", file);
}
