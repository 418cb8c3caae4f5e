/* safetensors_header.c - the header as JSON; see safetensors_inside.h.   SPDX-License-Identifier: MIT */
#include "record/safetensors_inside.h"

#include <jansson.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS     "__metadata__"
#define SIGNATURE "derny.sha256"

/* ---- writing ---- */

/* The tensor's entry; its numbers are bytes from..to - 1. */
static json_t *entry_of(const dy_named_tensor *tensor, json_int_t from, json_int_t to)
{
    json_t *dims = json_array();
    for (int i = 0; dims && i < tensor->n_dims; i++)
        json_array_append_new(dims, json_integer(tensor->dims[i]));
    return json_pack("{s:s, s:o, s:[I, I]}", "dtype", "F32", "shape", dims, "data_offsets",
                     from, to);
}

static json_t *texts_of(const dy_safetensors *what, const char *signature)
{
    json_t *texts = json_object();
    bool ok = texts && json_object_set_new(texts, SIGNATURE, json_string(signature)) == 0;
    for (int64_t i = 0; ok && i < what->n_texts; i++)
        ok = json_object_set_new(texts, what->texts[i].name,
                                 json_string(what->texts[i].text)) == 0;
    if (ok) return texts;
    json_decref(texts);
    return NULL;
}

static bool build(const dy_safetensors *what, const char *signature, json_t *header)
{
    int64_t at = 0;
    if (json_object_set_new(header, TEXTS, texts_of(what, signature))) return false;
    for (int64_t i = 0; i < what->n; i++) {
        int64_t to = at + dy_named_tensor_size(&what->tensors[i]) * (int64_t)sizeof(float);
        if (json_object_set_new(header, what->tensors[i].name,
                                entry_of(&what->tensors[i], at, to)))
            return false;
        at = to;
    }
    return json_object_size(header) == (size_t)what->n + 1; /* no name came twice */
}

static const size_t FLAGS = JSON_COMPACT | JSON_PRESERVE_ORDER;

char *dy_safetensors_format(const dy_safetensors *what, const char *signature, size_t *len,
                            dy_arena *arena, dy_error *err)
{
    json_t *header = json_object();
    bool ok = header && build(what, signature, header);
    size_t n = ok ? json_dumpb(header, NULL, 0, FLAGS) : 0;
    *len = (n + 7) / 8 * 8;
    if (n == 0) dy_fail(err, "a name is no UTF-8 or comes twice, or memory is short");
    char *text = n > 0 ? dy_arena_take(arena, (int64_t)*len + 1, 1, err) : NULL;
    if (text) memset(text, ' ', *len);
    if (text) json_dumpb(header, text, n, FLAGS);
    json_decref(header);
    return text;
}

/* ---- reading ---- */

typedef struct place {
    dy_named_tensor tensor;
    int64_t from, to; /* bytes */
} place;

static bool read_whole(const json_t *value, int64_t most, int64_t *n)
{
    *n = json_is_integer(value) ? json_integer_value(value) : -1;
    return *n >= 0 && *n <= most;
}

static bool read_shape(const json_t *shape, dy_named_tensor *tensor, dy_error *err)
{
    const int64_t MOST = (int64_t)1 << 40;

    if (!json_is_array(shape) || json_array_size(shape) > DY_SAFETENSORS_DIMS)
        return dy_fail(err, "its shape is no list of at most %d numbers", DY_SAFETENSORS_DIMS);
    tensor->n_dims = (int)json_array_size(shape);
    for (int i = 0; i < tensor->n_dims; i++)
        if (!read_whole(json_array_get(shape, (size_t)i), MOST, &tensor->dims[i]))
            return dy_fail(err, "dimension %d of its shape is no whole number from 0 to 2^40",
                           i + 1);
    return true;
}

static bool read_entry(const json_t *entry, int64_t bytes, place *p, dy_error *err)
{
    const char *type = json_string_value(json_object_get(entry, "dtype"));
    const json_t *offsets = json_object_get(entry, "data_offsets");
    if (!json_is_object(entry) || json_object_size(entry) != 3 || !type)
        return dy_fail(err, "want dtype, shape and data_offsets, and no more");
    if (strcmp(type, "F32") != 0)
        return dy_fail(err, "its numbers are %.20s; want F32 (in PyTorch: tensor.float())",
                       type);
    if (!read_shape(json_object_get(entry, "shape"), &p->tensor, err)) return false;
    if (!json_is_array(offsets) || json_array_size(offsets) != 2 ||
        !read_whole(json_array_get(offsets, 0), bytes, &p->from) ||
        !read_whole(json_array_get(offsets, 1), bytes, &p->to) || p->to < p->from)
        return dy_fail(err, "its data_offsets are not two places within the %" PRId64 " bytes",
                       bytes);
    int64_t size = dy_named_tensor_size(&p->tensor);
    if (size < 0 || size != (p->to - p->from) / (int64_t)sizeof(float) ||
        (p->to - p->from) % (int64_t)sizeof(float))
        return dy_fail(err, "its shape and its data_offsets disagree");
    return true;
}

static bool read_texts(const json_t *texts, dy_safetensors *what, char signature[DY_SIGNATURE],
                       dy_arena *arena, dy_error *err)
{
    const char *name;
    json_t *text;
    if (!json_is_object(texts)) return dy_fail(err, TEXTS " is no object");
    what->texts =
        dy_arena_take(arena, (int64_t)json_object_size(texts), sizeof *what->texts, err);
    if (!what->texts) return false;
    json_object_foreach((json_t *)texts, name, text)
    {
        if (!json_is_string(text)) return dy_fail(err, TEXTS ": %.60s is no text", name);
        if (strcmp(name, SIGNATURE) == 0) {
            strncpy(signature, json_string_value(text), DY_SIGNATURE - 1);
            continue;
        }
        dy_named_text *into = &what->texts[what->n_texts];
        if (!(into->name = dy_arena_text(arena, name, err)) ||
            !(into->text = dy_arena_text(arena, json_string_value(text), err)))
            return false;
        what->n_texts++;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* The format has no holes and no overlaps. */
static bool check_places(const place *places, int64_t n, int64_t bytes, dy_error *err)
{
    int64_t at = 0;
    for (int64_t i = 0; i < n; i++) {
        if (places[i].from != at)
            return dy_fail(err,
                           "tensor '%.60s' begins at byte %" PRId64 "; want %" PRId64
                           ", where the one before it ends",
                           places[i].tensor.name, places[i].from, at);
        at = places[i].to;
    }
    if (at == bytes) return true;
    return dy_fail(err, "its tensors take %" PRId64 " bytes, but it has %" PRId64, at, bytes);
}

static bool read_all(const json_t *header, dy_safetensors *what, int64_t bytes,
                     char signature[DY_SIGNATURE], dy_arena *arena, dy_error *err)
{
    const char *name;
    json_t *entry;
    int64_t most = (int64_t)json_object_size(header);
    place *places = dy_arena_take(arena, most, sizeof *places, err);
    what->tensors = dy_arena_take(arena, most, sizeof *what->tensors, err);
    if (!places || !what->tensors) return false;
    json_object_foreach((json_t *)header, name, entry)
    {
        place *p = &places[what->n];
        if (strcmp(name, TEXTS) == 0) {
            if (!read_texts(entry, what, signature, arena, err)) return false;
            continue;
        }
        if (!(p->tensor.name = dy_arena_text(arena, name, err))) return false;
        if (!read_entry(entry, bytes, p, err)) return dy_fail_in(err, "tensor '%.60s'", name);
        what->n++;
    }
    qsort(places, (size_t)what->n, sizeof *places, by_place);
    if (!check_places(places, what->n, bytes, err)) return false;
    for (int64_t i = 0; i < what->n; i++) what->tensors[i] = places[i].tensor;
    return true;
}

bool dy_safetensors_parse(dy_safetensors *what, const char *text, size_t len, int64_t bytes,
                          char signature[DY_SIGNATURE], dy_arena *arena, dy_error *err)
{
    json_error_t why;
    *what = (dy_safetensors){ 0 };
    memset(signature, 0, DY_SIGNATURE);
    if (len == 0 || text[0] != '{') return dy_fail(err, "its header does not begin with {");
    json_t *header = json_loadb(text, len, JSON_REJECT_DUPLICATES, &why);
    if (!header) return dy_fail(err, "its header is no JSON: %.160s", why.text);
    bool ok = read_all(header, what, bytes, signature, arena, err);
    json_decref(header);
    return ok;
}
