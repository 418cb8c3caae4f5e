/* curve_parse.c - a curve from the line that dy_curve_print made of it.
 *
 * Nodes stand in their postfix order, so reading needs no grammar: each takes its operands from the curves read so far, and
 * one curve has to be left. Whatever the text says, what comes of it has passed dy_curve_check.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/curve_forms.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 16 };

typedef struct reader {
    const char *text, *at;
    dy_node *nodes;
    dy_key *keys;
    double *samples;
    int32_t n_nodes, n_keys, n_samples;
    int32_t roots[DY_CURVE_NODES]; /* of the curves that no node has taken as an operand yet */
    int n_roots;
} reader;

static bool want(const reader *r, const char *what, dy_error *err)
{
    char found[32];
    snprintf(found, sizeof found, "%.20s", r->at);
    for (char *c = found; *c; c++)
        if (!isprint((unsigned char)*c)) *c = '?';
    return dy_fail(err, "character %lld: %s%s%s; want %s", (long long)(r->at - r->text) + 1,
                   *r->at ? "'" : "", *r->at ? found : "the end", *r->at ? "'" : "", what);
}

static void skip_blanks(reader *r)
{
    r->at += strspn(r->at, " \t\r\n");
}

static bool skip(reader *r, char c)
{
    skip_blanks(r);
    if (*r->at != c) return false;
    r->at++;
    return true;
}

static bool read_real(reader *r, double *x, const char *what, dy_error *err)
{
    skip_blanks(r);
    bool negative = *r->at == '-';
    char *end = NULL;
    size_t length = dy_real_length(r->at + negative);
    *x = length > 0 ? strtod(r->at, &end) : 0;
    if (length == 0 || end != r->at + negative + length || fabs(*x) > DY_CURVE_MOST)
        return want(r, what, err);
    r->at = end;
    return true;
}

/* The word that stands here; "" where there is none. */
static const char *peek_word(reader *r, char word[WORD_MAX])
{
    size_t n = 0;
    skip_blanks(r);
    while (n + 1 < WORD_MAX && (islower((unsigned char)r->at[n]) || r->at[n] == '_')) n++;
    memcpy(word, r->at, n);
    word[n] = '\0';
    return word;
}

static bool read_ease(reader *r, dy_ease *ease, dy_error *err)
{
    char word[WORD_MAX];
    *ease = (dy_ease){ .kind = DY_EASE_LINEAR };
    if (!*peek_word(r, word)) return true;
    int kind = 0;
    while (DY_EASE_NAMES[kind] && strcmp(DY_EASE_NAMES[kind], word) != 0) kind++;
    if (!DY_EASE_NAMES[kind]) return want(r, "the name of an ease", err);
    r->at += strlen(word);
    ease->kind = (dy_ease_kind)kind;
    const dy_ease_form *form = &DY_EASE_FORMS[kind];
    return (form->n < 1 || read_real(r, &ease->x, form->names[0], err)) &&
           (form->n < 2 || read_real(r, &ease->y, form->names[1], err));
}

static bool read_keys(reader *r, dy_node *node, dy_error *err)
{
    node->first = r->n_keys;
    do {
        dy_key *key = &r->keys[r->n_keys]; /* there is room for as many as there are colons */
        double step, value;
        dy_ease ease = { 0 };
        if (!read_real(r, &step, "a step", err)) return false;
        if (!skip(r, ':')) return want(r, "a colon between step and value", err);
        if (!read_real(r, &value, "a value", err)) return false;
        if (r->n_keys > node->first && !read_ease(r, &ease, err)) return false;
        *key = (dy_key){ step, value, ease };
        r->n_keys++;
    } while (skip(r, ','));
    node->count = r->n_keys - node->first;
    return true;
}

static bool read_samples(reader *r, dy_node *node, dy_error *err)
{
    node->first = r->n_samples;
    do {
        double value;
        if (!read_real(r, &value, "a value", err)) return false;
        r->samples[r->n_samples++] =
            value; /* room for one more than there are commas, a node */
    } while (skip(r, ','));
    node->count = r->n_samples - node->first;
    return true;
}

static bool read_numbers(reader *r, dy_node *node, dy_error *err)
{
    char word[WORD_MAX];
    double *numbers[] = { &node->a, &node->b, &node->c };
    const dy_node_form *form = &DY_NODE_FORMS[node->kind];
    for (int i = 0; i < 3; i++)
        if (form->ranges[i] != DY_RANGE_UNUSED &&
            !read_real(r, numbers[i], form->names[i], err))
            return false;
    node->d = dy_node_slope(node);
    if (node->kind != DY_NODE_DECAY) return true;
    node->flag = strcmp(peek_word(r, word), "staircase") == 0;
    if (node->flag) r->at += strlen(word);
    return true;
}

/* A node and the operands it takes. */
static bool read_node(reader *r, dy_error *err)
{
    char word[WORD_MAX];
    peek_word(r, word);
    int kind = 0;
    while (kind < DY_NODES && strcmp(DY_NODE_FORMS[kind].name, word) != 0) kind++;
    if (kind == DY_NODES) return want(r, "keys, samples, or another kind of node", err);
    const dy_node_form *form = &DY_NODE_FORMS[kind];
    if (r->n_roots < form->operands)
        return want(r, form->operands == 1 ? "a curve before it" : "two curves before it", err);
    r->at += strlen(word);
    dy_node *node = &r->nodes[r->n_nodes];
    *node = (dy_node){ .kind = (dy_node_kind)kind, .other = -1 };
    if (form->operands == 2) node->other = r->roots[r->n_roots - 2];
    bool read = kind == DY_NODE_KEYS      ? read_keys(r, node, err)
                : kind == DY_NODE_SAMPLES ? read_samples(r, node, err)
                                          : read_numbers(r, node, err);
    r->n_roots -= form->operands;
    r->roots[r->n_roots++] = r->n_nodes++;
    return read;
}

static int64_t occurrences(const char *text, char c)
{
    int64_t n = 0;
    for (; *text; text++) n += *text == c;
    return n;
}

static bool make_room(reader *r, dy_arena *arena, dy_error *err)
{
    int64_t nodes = occurrences(r->text, '|') + 1, keys = occurrences(r->text, ':');
    int64_t samples = occurrences(r->text, ',') + nodes;
    if (nodes > DY_CURVE_NODES || keys > INT32_MAX || samples > INT32_MAX)
        return dy_fail(err, "a curve of %lld nodes; want at most %d", (long long)nodes,
                       DY_CURVE_NODES);
    r->nodes = dy_arena_take(arena, nodes, sizeof *r->nodes, err);
    r->keys = r->nodes ? dy_arena_take(arena, keys + 1, sizeof *r->keys, err) : NULL;
    r->samples = r->keys ? dy_arena_take(arena, samples, sizeof *r->samples, err) : NULL;
    return r->samples != NULL;
}

bool dy_curve_parse(dy_curve *curve, dy_arena *arena, const char *text, dy_error *err)
{
    reader r = { .text = text, .at = text };
    if (!make_room(&r, arena, err)) return false;
    do
        if (!read_node(&r, err)) return false;
    while (skip(&r, '|'));
    if (*r.at) return want(&r, "| and another node, or the end", err);
    if (r.n_roots != 1) return want(&r, "a node that makes one curve of those before it", err);
    dy_curve read = { r.nodes, r.keys, r.samples, r.n_nodes, r.n_keys, r.n_samples };
    if (!dy_curve_check(&read, err)) return false;
    *curve = read;
    return true;
}
