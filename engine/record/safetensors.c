/* safetensors.c - the file around the header; see safetensors.h.   SPDX-License-Identifier: MIT */
#include "record/outfile.h"
#include "record/safetensors_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(sizeof(float) == 4 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "the numbers in memory are those of the file");

enum { LENGTH_BYTES = 8 };

int64_t dy_named_tensor_size(const dy_named_tensor *tensor)
{
    int64_t size = 1;
    if (tensor->n_dims < 0 || tensor->n_dims > DY_SAFETENSORS_DIMS) return -1;
    for (int i = 0; i < tensor->n_dims; i++)
        if (tensor->dims[i] < 0 || __builtin_mul_overflow(size, tensor->dims[i], &size))
            return -1;
    return size;
}

const dy_named_tensor *dy_safetensors_find(const dy_safetensors *what, const char *name)
{
    for (int64_t i = 0; i < what->n; i++)
        if (strcmp(what->tensors[i].name, name) == 0) return &what->tensors[i];
    return NULL;
}

const char *dy_safetensors_text(const dy_safetensors *what, const char *name)
{
    for (int64_t i = 0; i < what->n_texts; i++)
        if (strcmp(what->texts[i].name, name) == 0) return what->texts[i].text;
    return NULL;
}

void dy_safetensors_sign(const dy_safetensors *what, char signature[DY_SIGNATURE])
{
    uint8_t sum[DY_DIGEST_BYTES];
    dy_digest digest;
    dy_digest_init(&digest);
    dy_digest_whole(&digest, what->n);
    for (int64_t i = 0; i < what->n; i++) {
        const dy_named_tensor *tensor = &what->tensors[i];
        dy_digest_text(&digest, tensor->name);
        dy_digest_whole(&digest, tensor->n_dims);
        for (int d = 0; d < tensor->n_dims; d++) dy_digest_whole(&digest, tensor->dims[d]);
        dy_digest_bytes(&digest, tensor->at,
                        (size_t)dy_named_tensor_size(tensor) * sizeof(float));
    }
    for (int64_t i = 0; i < what->n_texts; i++) {
        dy_digest_text(&digest, what->texts[i].name);
        dy_digest_text(&digest, what->texts[i].text);
    }
    dy_digest_end(&digest, sum);
    dy_digest_hex(sum, DY_DIGEST_BYTES, signature);
}

/* ---- writing ---- */

/* All but the numbers: the length and the header. */
static char *format(const dy_safetensors *what, size_t *size, dy_arena *arena, dy_error *err)
{
    char signature[DY_SIGNATURE];
    size_t len;
    dy_safetensors_sign(what, signature);
    const char *header = dy_safetensors_format(what, signature, &len, arena, err);
    char *head = header ? dy_arena_take(arena, (int64_t)len + LENGTH_BYTES, 1, err) : NULL;
    if (!head) return NULL;
    for (int i = 0; i < LENGTH_BYTES; i++) head[i] = (char)((uint64_t)len >> 8 * i);
    memcpy(head + LENGTH_BYTES, header, len);
    *size = len + LENGTH_BYTES;
    return head;
}

static size_t bytes_of(const dy_named_tensor *tensor)
{
    return (size_t)dy_named_tensor_size(tensor) * sizeof(float);
}

bool dy_safetensors_write(const char *path, const dy_safetensors *what, dy_error *err)
{
    size_t size;
    dy_outfile out;
    dy_arena arena = dy_arena_make(0);
    const char *head = format(what, &size, &arena, err);
    bool ok = head && dy_outfile_open(&out, path, err);
    if (ok) fwrite(head, 1, size, out.file);
    for (int64_t i = 0; ok && i < what->n; i++)
        if (bytes_of(&what->tensors[i]) > 0)
            fwrite(what->tensors[i].at, 1, bytes_of(&what->tensors[i]), out.file);
    ok = ok && dy_outfile_keep_safe(&out, err);
    dy_arena_close(&arena);
    return ok || dy_fail_in(err, "%s", path);
}

bool dy_safetensors_pack(const dy_safetensors *what, char **bytes, size_t *size,
                         dy_arena *arena, dy_error *err)
{
    size_t at = 0;
    dy_arena own = dy_arena_make(0);
    const char *head = format(what, &at, &own, err);
    *size = at;
    for (int64_t i = 0; head && i < what->n; i++) *size += bytes_of(&what->tensors[i]);
    *bytes = head ? dy_arena_take(arena, (int64_t)*size, 1, err) : NULL;
    if (*bytes) memcpy(*bytes, head, at);
    for (int64_t i = 0; *bytes && i < what->n; i++) {
        size_t n = bytes_of(&what->tensors[i]);
        if (n > 0) memcpy(*bytes + at, what->tensors[i].at, n);
        at += n;
    }
    dy_arena_close(&own);
    return *bytes != NULL;
}

/* ---- reading ---- */

/* Where the bytes come from: a file, or memory. */
typedef struct source {
    int fd; /* -1: memory */
    const char *at;
    int64_t size;
} source;

static bool read_bytes(source *from, void *to, size_t n, dy_error *err)
{
    char *at = to;
    if (from->fd < 0) {
        if (n > 0) memcpy(to, from->at, n); /* the lengths were checked against its size */
        from->at += n;
        return true;
    }
    while (n > 0) {
        ssize_t got = read(from->fd, at, n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return dy_fail(err, "%s", strerror(errno));
        if (got == 0) return dy_fail(err, "it became shorter while it was read");
        at += got;
        n -= (size_t)got;
    }
    return true;
}

/* How long the header says it is, and how many bytes of numbers are left. */
static bool read_length(source *from, int64_t *len, int64_t *bytes, dy_error *err)
{
    unsigned char length[LENGTH_BYTES];
    uint64_t n = 0;
    if (from->size < LENGTH_BYTES)
        return dy_fail(err, "no safetensors file: it has %" PRId64 " bytes", from->size);
    if (!read_bytes(from, length, sizeof length, err)) return false;
    for (int i = 0; i < LENGTH_BYTES; i++) n |= (uint64_t)length[i] << 8 * i;
    if (n > (uint64_t)(from->size - LENGTH_BYTES))
        return dy_fail(err,
                       "no safetensors file, or cut short: it has %" PRId64
                       " bytes, its header alone %" PRIu64,
                       from->size, n);
    if (n > DY_SAFETENSORS_HEADER)
        return dy_fail(err, "its header has %" PRIu64 " bytes; want at most %d", n,
                       DY_SAFETENSORS_HEADER);
    *len = (int64_t)n;
    *bytes = from->size - LENGTH_BYTES - *len;
    return true;
}

static bool check_signature(dy_safetensors *what, const char *signature, dy_error *err)
{
    char own[DY_SIGNATURE];
    what->signed_content = signature[0] != '\0';
    if (!what->signed_content) return true;
    dy_safetensors_sign(what, own);
    return strcmp(own, signature) == 0 ||
           dy_fail(err, "it is damaged: its content does not have the digest that it carries");
}

static bool read_all(dy_safetensors *what, dy_arena *arena, source *from, dy_error *err)
{
    int64_t len, bytes;
    char signature[DY_SIGNATURE];
    if (!read_length(from, &len, &bytes, err)) return false;
    char *header = dy_arena_take(arena, len, 1, err);
    if (!header || !read_bytes(from, header, (size_t)len, err) ||
        !dy_safetensors_parse(what, header, (size_t)len, bytes, signature, arena, err))
        return false;
    float *numbers =
        dy_arena_take(arena, bytes / (int64_t)sizeof *numbers, sizeof *numbers, err);
    if (!numbers || !read_bytes(from, numbers, (size_t)bytes, err)) return false;
    for (int64_t i = 0; i < what->n; i++) {
        what->tensors[i].at = numbers;
        numbers += dy_named_tensor_size(&what->tensors[i]);
    }
    return check_signature(what, signature, err);
}

bool dy_safetensors_unpack(dy_safetensors *what, dy_arena *arena, const char *bytes,
                           size_t size, dy_error *err)
{
    source from = { .fd = -1, .at = bytes, .size = (int64_t)size };
    return read_all(what, arena, &from, err);
}

bool dy_safetensors_read(dy_safetensors *what, dy_arena *arena, const char *path, dy_error *err)
{
    struct stat info;
    source from = { .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };
    if (from.fd < 0) return dy_fail(err, "%s: %s", path, strerror(errno));
    bool ok = fstat(from.fd, &info) == 0 || dy_fail(err, "%s", strerror(errno));
    ok = ok && (S_ISREG(info.st_mode) || dy_fail(err, "not a file"));
    from.size = ok ? info.st_size : 0;
    ok = ok && read_all(what, arena, &from, err);
    close(from.fd);
    return ok || dy_fail_in(err, "%s", path);
}
