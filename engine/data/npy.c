/* npy.c - see npy.h.
 *
 * The header is a Python dictionary with three keys, as text: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }.
 * Only that is understood, in any order of its keys, not Python.
 *
 * source: NEP 1, https://numpy.org/neps/nep-0001-npy-format.html
 *
 * SPDX-License-Identifier: MIT */
#include "data/npy.h"

#include <string.h>

/* What is left of the header. Every step asks whether there is something left. */
typedef struct cursor {
    const char *at, *end;
} cursor;

static void skip_spaces(cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\n' || *c->at == '\t')) c->at++;
}

static bool eat(cursor *c, char wanted)
{
    skip_spaces(c);
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

static bool eat_word(cursor *c, const char *word)
{
    skip_spaces(c);
    size_t n = strlen(word);
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, word, n) != 0) return false;
    c->at += n;
    return true;
}

/* A quoted string without escapes, cut to fit. */
static bool eat_string(cursor *c, char *to, size_t size)
{
    skip_spaces(c);
    if (c->at == c->end || (*c->at != '\'' && *c->at != '"')) return false;
    char quote = *c->at++;
    size_t n = 0;
    for (; c->at < c->end && *c->at != quote; c->at++)
        if (n + 1 < size) to[n++] = *c->at;
    to[n] = '\0';
    return eat(c, quote);
}

static bool eat_size(cursor *c, int64_t *size)
{
    skip_spaces(c);
    const char *from = c->at;
    int64_t n = 0;
    for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++) {
        if (n > INT64_MAX / 16) return false;
        n = 10 * n + (*c->at - '0');
    }
    *size = n;
    return c->at > from;
}

static bool read_shape(dy_npy *array, cursor *c, dy_error *err)
{
    if (!eat(c, '(')) return dy_fail(err, "its header's shape is no tuple");
    for (array->rank = 0; !eat(c, ')'); array->rank++) {
        if (array->rank == DY_NPY_RANK)
            return dy_fail(err, "more than %d dimensions", DY_NPY_RANK);
        if (!eat_size(c, &array->sizes[array->rank]))
            return dy_fail(err,
                           "its header's shape has a size that is no number, or too large");
        if (eat(c, ',')) continue;
        if (c->at == c->end || *c->at != ')')
            return dy_fail(err, "its header's shape is not closed");
    }
    return true;
}

static bool read_descr(dy_npy *array, cursor *c, dy_error *err)
{
    char type[16] = "";
    if (!eat_string(c, type, sizeof type))
        return dy_fail(err, "arrays of records are not read; want numbers");
    bool one = strcmp(type, "|u1") == 0 || strcmp(type, "|i1") == 0;
    bool little = type[0] == '<' && type[1] != '\0' && type[2] != '\0' && type[3] == '\0';
    bool real = little && type[1] == 'f' && strchr("48", type[2]);
    bool whole = little && strchr("iu", type[1]) && strchr("1248", type[2]);
    if (!one && !real && !whole)
        return dy_fail(
            err,
            "elements of type '%s'; want bytes, integers, float32 or float64, little endian",
            type);
    array->kind = type[1];
    array->size = type[2] - '0';
    return true;
}

static bool read_order(cursor *c, dy_error *err)
{
    if (eat_word(c, "False")) return true;
    if (eat_word(c, "True"))
        return dy_fail(err, "in Fortran order; want C order: save numpy.ascontiguousarray(a)");
    return dy_fail(err, "its header's fortran_order is neither True nor False");
}

static bool read_entry(dy_npy *array, cursor *c, const char *key, dy_error *err)
{
    if (strcmp(key, "descr") == 0) return read_descr(array, c, err);
    if (strcmp(key, "fortran_order") == 0) return read_order(c, err);
    if (strcmp(key, "shape") == 0) return read_shape(array, c, err);
    return dy_fail(err, "its header has a key '%s'; want descr, fortran_order, shape", key);
}

static bool read_header(dy_npy *array, cursor c, dy_error *err)
{
    int entries = 0;
    array->rank = -1;
    if (!eat(&c, '{')) return dy_fail(err, "its header is no dictionary");
    while (!eat(&c, '}')) {
        char key[32];
        if (!eat_string(&c, key, sizeof key) || !eat(&c, ':'))
            return dy_fail(err, "its header is no dictionary, or not closed");
        if (!read_entry(array, &c, key, err)) return false;
        entries++;
        eat(&c, ',');
    }
    if (entries != 3 || array->kind == 0 || array->rank < 0)
        return dy_fail(err, "its header has not each of descr, fortran_order, shape once");
    return true;
}

/* Where the header begins and ends; the elements follow. Version 1 has two bytes for its length, later ones four. */
static bool find_header(dy_bytes file, int64_t *from, int64_t *to, dy_error *err)
{
    static const uint8_t magic[6] = { 0x93, 'N', 'U', 'M', 'P', 'Y' };
    if (file.n < 10 || memcmp(file.at, magic, sizeof magic) != 0)
        return dy_fail(err, "does not begin as an .npy file does");
    int version = file.at[6];
    if (version < 1 || version > 3)
        return dy_fail(err, "format version %d; want 1, 2 or 3", version);
    int64_t length = file.at[8] | file.at[9] << 8;
    *from = 10;
    if (version > 1) {
        if (file.n < 12) return dy_fail(err, "ends in its header");
        length |= (int64_t)file.at[10] << 16 | (int64_t)file.at[11] << 24;
        *from = 12;
    }
    *to = *from + length;
    return *to <= file.n || dy_fail(err, "ends in its header");
}

/* Divides instead of multiplying: the sizes are a stranger's. */
static bool check_sizes(dy_npy *array, int64_t bytes, dy_error *err)
{
    int64_t room = bytes / array->size;
    array->n = 1;
    for (int i = 0; i < array->rank; i++) {
        if (array->sizes[i] < 1) return dy_fail(err, "dimension %d is empty", i + 1);
        room /= array->sizes[i];
        if (room < 1)
            return dy_fail(
                err, "its header promises more elements than the %lld bytes that follow hold",
                (long long)bytes);
        array->n *= array->sizes[i];
    }
    int64_t wanted = array->n * array->size;
    return wanted == bytes ||
           dy_fail(err, "its header promises %lld bytes of elements; %lld follow",
                   (long long)wanted, (long long)bytes);
}

bool dy_npy_parse(dy_npy *array, dy_bytes file, dy_error *err)
{
    dy_npy made = { 0 };
    int64_t from = 0, to = 0;
    if (!find_header(file, &from, &to, err)) return false;
    cursor c = { (const char *)file.at + from, (const char *)file.at + to };
    if (!read_header(&made, c, err) || !check_sizes(&made, file.n - to, err)) return false;
    made.elements = file.at + to;
    *array = made;
    return true;
}

static uint64_t little_endian(const uint8_t *at, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++) value |= (uint64_t)at[i] << (8 * i);
    return value;
}

bool dy_npy_integer(const dy_npy *array, int64_t i, int64_t *value)
{
    uint64_t bits = little_endian(array->elements + i * array->size, array->size);
    int unused = 64 - 8 * array->size;
    if (array->kind == 'i') bits = (uint64_t)((int64_t)(bits << unused) >> unused); /* sign */
    *value = (int64_t)bits;
    return array->kind == 'i' || bits <= INT64_MAX;
}

double dy_npy_real(const dy_npy *array, int64_t i)
{
    uint64_t bits = little_endian(array->elements + i * array->size, array->size);
    if (array->kind == 'f' && array->size == 8) {
        double value;
        memcpy(&value, &bits, sizeof value);
        return value;
    }
    if (array->kind == 'f') {
        uint32_t half = (uint32_t)bits;
        float value;
        memcpy(&value, &half, sizeof value);
        return (double)value;
    }
    int64_t whole;
    return dy_npy_integer(array, i, &whole) ? (double)whole : (double)bits;
}
