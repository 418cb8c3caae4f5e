/* curve_read.c - nodes between bars, each a name and what its kind takes.   SPDX-License-Identifier: MIT */
#include "schedule/curve_read.h"

#include "base/text.h"
#include "schedule/curve_forms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is read so far, and from where. */
typedef struct reader {
    const char *at;
    dy_node *nodes;
    dy_key *keys;
    double *samples;
    int32_t n_nodes, n_keys, n_samples;
    int32_t roots[DY_CURVE_NODES]; /* of the operands that no node has taken yet */
    int32_t n_roots;
} reader;

static void skip_blanks(reader *r)
{
    r->at += strspn(r->at, " \t\n");
}

static bool fail_here(const reader *r, const char *wanted, dy_error *err)
{
    if (!*r->at) return dy_fail(err, "the curve ends where %s is wanted", wanted);
    return dy_fail(err, "'%.20s' in a curve; want %s", r->at, wanted);
}

static bool read_number(reader *r, const char *what, double *x, dy_error *err)
{
    char *end;
    skip_blanks(r);
    *x = strtod(r->at, &end);
    if (end == r->at || !isfinite(*x)) return fail_here(r, what, err);
    r->at = end;
    return true;
}

/* A word of letters and what may stand in one, if it is next; its length, or 0. */
static size_t word_length(const reader *r)
{
    return strspn(r->at, "abcdefghijklmnopqrstuvwxyz_");
}

/* Takes the sign if it is next. */
static bool take(reader *r, char sign)
{
    skip_blanks(r);
    if (*r->at != sign) return false;
    r->at++;
    return true;
}

static bool read_ease(reader *r, dy_ease *ease, dy_error *err)
{
    *ease = (dy_ease){ .kind = DY_EASE_LINEAR };
    skip_blanks(r);
    size_t n = word_length(r);
    if (n == 0) return true;
    int kind = 0;
    while (kind < DY_EASES &&
           (strlen(DY_EASE_NAMES[kind]) != n || strncmp(DY_EASE_NAMES[kind], r->at, n) != 0))
        kind++;
    if (kind == DY_EASES) return fail_here(r, "an ease", err);
    r->at += n;
    ease->kind = (dy_ease_kind)kind;
    double *numbers[] = { &ease->x, &ease->y };
    for (int i = 0; i < DY_EASE_FORMS[kind].n; i++)
        if (!read_number(r, DY_EASE_FORMS[kind].names[i], numbers[i], err)) return false;
    return true;
}

static bool read_keys(reader *r, dy_node *node, dy_error *err)
{
    node->first = r->n_keys;
    do {
        dy_key *key = &r->keys[r->n_keys];
        if (!read_number(r, "a step", &key->step, err)) return false;
        if (!take(r, ':')) return fail_here(r, "':' and a value", err);
        if (!read_number(r, "a value", &key->value, err)) return false;
        if (!read_ease(r, &key->ease, err)) return false;
        if (r->n_keys++ == node->first) key->ease = (dy_ease){ 0 };
    } while (take(r, ','));
    node->count = r->n_keys - node->first;
    return true;
}

static bool read_samples(reader *r, dy_node *node, dy_error *err)
{
    node->first = r->n_samples;
    do
        if (!read_number(r, "a sample", &r->samples[r->n_samples++], err)) return false;
    while (take(r, ','));
    node->count = r->n_samples - node->first;
    return true;
}

static bool read_numbers(reader *r, dy_node *node, dy_error *err)
{
    const char staircase[] = "staircase";
    const dy_node_form *form = &DY_NODE_FORMS[node->kind];
    double *numbers[] = { &node->a, &node->b, &node->c };
    for (int i = 0; i < 3; i++)
        if (form->ranges[i] != DY_RANGE_UNUSED &&
            !read_number(r, form->names[i], numbers[i], err))
            return false;
    if (node->kind != DY_NODE_DECAY) return true;
    node->d = log(node->b) / node->c;
    skip_blanks(r);
    node->flag = strncmp(r->at, staircase, strlen(staircase)) == 0;
    if (node->flag) r->at += strlen(staircase);
    return true;
}

static bool read_kind(reader *r, dy_node_kind *kind, dy_error *err)
{
    skip_blanks(r);
    size_t n = word_length(r);
    for (int k = 0; k < DY_NODES; k++) {
        const char *name = DY_NODE_FORMS[k].name;
        if (strlen(name) != n || strncmp(name, r->at, n) != 0) continue;
        *kind = (dy_node_kind)k;
        r->at += n;
        return true;
    }
    return fail_here(r, "keys, samples, decay or another kind of node", err);
}

/* Takes the operands that the node is made of; it is one itself then. */
static bool connect(reader *r, dy_node *node, dy_error *err)
{
    const dy_node_form *form = &DY_NODE_FORMS[node->kind];
    if (r->n_roots < form->operands)
        return dy_fail(err, "%s stands after %d curves; it is made of %d", form->name,
                       r->n_roots, form->operands);
    node->other = form->operands == 2 ? r->roots[r->n_roots - 2] : -1;
    r->n_roots -= form->operands;
    r->roots[r->n_roots++] = r->n_nodes;
    return true;
}

static bool read_node(reader *r, dy_error *err)
{
    dy_node *node = &r->nodes[r->n_nodes];
    if (!read_kind(r, &node->kind, err)) return false;
    bool ok = node->kind == DY_NODE_KEYS      ? read_keys(r, node, err)
              : node->kind == DY_NODE_SAMPLES ? read_samples(r, node, err)
                                              : read_numbers(r, node, err);
    if (!ok || !connect(r, node, err)) return false;
    r->n_nodes++;
    skip_blanks(r);
    return true;
}

static int64_t count(const char *text, char sign)
{
    int64_t n = 0;
    for (; *text; text++) n += *text == sign;
    return n;
}

/* Room for as much as there can be, by what stands between the elements. */
static bool take_arrays(reader *r, dy_arena *arena, dy_error *err)
{
    int64_t n_nodes = count(r->at, '|') + 1, n_elements = count(r->at, ',') + n_nodes;
    if (n_nodes > DY_CURVE_NODES)
        return dy_fail(err, "a curve of %lld nodes; want at most %d", (long long)n_nodes,
                       DY_CURVE_NODES);
    int64_t n_samples = strstr(r->at, "samples") ? n_elements : 0;
    int64_t n_keys = strstr(r->at, "keys") ? n_elements : 0;
    if (n_elements > INT32_MAX) return dy_fail(err, "a curve of too many elements");
    return (r->nodes = dy_arena_take(arena, n_nodes, sizeof *r->nodes, err)) &&
           (r->keys = dy_arena_take(arena, n_keys, sizeof *r->keys, err)) &&
           (r->samples = dy_arena_take(arena, n_samples, sizeof *r->samples, err));
}

bool dy_curve_read(dy_curve *curve, dy_arena *arena, const char *text, dy_error *err)
{
    reader r = { .at = text };
    if (!take_arrays(&r, arena, err)) return false;
    do
        if (!read_node(&r, err)) return false;
    while (take(&r, '|'));
    if (*r.at) return fail_here(&r, "'|' or the end", err);
    dy_curve read = { r.nodes, r.keys, r.samples, r.n_nodes, r.n_keys, r.n_samples };
    if (!dy_curve_check(&read, err)) return false;
    *curve = read;
    return true;
}
