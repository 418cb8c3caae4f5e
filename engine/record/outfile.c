/* outfile.c - see outfile.h.   SPDX-License-Identifier: MIT */
#include "record/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_stdout(const dy_outfile *out)
{
    return strcmp(out->path, "-") == 0;
}

static bool cannot(const dy_outfile *out, int why, dy_error *err)
{
    return dy_fail(err, "cannot write %s: %s", out->path, strerror(why));
}

/* The rights an ordinary new file would have: mkstemp gives them to the owner alone. */
static void share(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)fchmod(fd, 0666 & ~mask); /* where it cannot be, the file stays private */
}

bool dy_outfile_open(dy_outfile *out, const char *path, dy_error *err)
{
    *out = (dy_outfile){ 0 };
    size_t n = strlen(path);
    if (n >= sizeof out->path)
        return dy_fail(err, "cannot write: the path has %zu bytes; want less than %zu", n,
                       sizeof out->path);
    memcpy(out->path, path, n + 1);
    if (is_stdout(out)) {
        out->file = stdout;
        return true;
    }
    struct stat there;
    if (stat(path, &there) == 0 && S_ISDIR(there.st_mode)) return cannot(out, EISDIR, err);
    snprintf(out->temporary, sizeof out->temporary, "%s.XXXXXX", out->path);
    int fd = mkstemp(out->temporary);
    if (fd < 0) return cannot(out, errno, err);
    share(fd);
    out->file = fdopen(fd, "w");
    if (out->file) return true;
    int why = errno;
    close(fd);
    unlink(out->temporary);
    return cannot(out, why, err);
}

/* The folder's entry for a new name is on the disk when the folder is. */
static bool sync_folder(const char *path)
{
    char folder[sizeof((dy_outfile *)0)->path + 1];
    const char *slash = strrchr(path, '/');
    int n = slash ? (int)(slash - path) + 1 : 0;
    snprintf(folder, sizeof folder, "%.*s.", n, path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fsync(fd) == 0 || errno == EINVAL; /* some file systems cannot */
    close(fd);
    return ok;
}

static bool put_in_place(dy_outfile *out, bool safe)
{
    FILE *file = out->file;
    out->file = NULL;
    bool synced = !safe || fsync(fileno(file)) == 0;
    int why = errno;
    if (fclose(file)) return false;
    if (!synced) errno = why;
    return synced && rename(out->temporary, out->path) == 0;
}

static bool keep(dy_outfile *out, bool safe, dy_error *err)
{
    FILE *file = out->file;
    errno = 0;
    bool written = fflush(file) == 0 && !ferror(file);
    int why =
        errno != 0 ? errno : EIO; /* of an earlier write the stream keeps only that it failed */
    if (is_stdout(out)) {
        out->file = NULL;
        return written || cannot(out, why, err);
    }
    if (!written) {
        dy_outfile_drop(out);
        return cannot(out, why, err);
    }
    if (put_in_place(out, safe))
        return !safe || sync_folder(out->path) || cannot(out, errno, err);
    why = errno;
    unlink(out->temporary);
    return cannot(out, why, err);
}

bool dy_outfile_keep(dy_outfile *out, dy_error *err)
{
    return keep(out, false, err);
}

bool dy_outfile_keep_safe(dy_outfile *out, dy_error *err)
{
    return keep(out, true, err);
}

void dy_outfile_drop(dy_outfile *out)
{
    if (!out->file) return;
    if (!is_stdout(out)) {
        (void)fclose(out->file);
        unlink(out->temporary);
    }
    out->file = NULL;
}
