/* curve_print.c - a curve as one line of text.   SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/curve_forms.h"

static void print_real(double x, FILE *out)
{
    char text[32];
    fputs(dy_format_real(text, sizeof text, x), out);
}

/* Whether a list of n is to go on at its element i; past `most` it says how many there are. */
static bool goes_on(int32_t i, int32_t n, int32_t most, FILE *out)
{
    if (i == most && i < n) fprintf(out, ", ... (%d in all)", (int)n);
    return i < n && i < most && !ferror(out);
}

static void print_keys(const dy_key *keys, int32_t n, int32_t most, FILE *out)
{
    for (int32_t i = 0; goes_on(i, n, most, out); i++) {
        fputs(i > 0 ? ", " : " ", out);
        print_real(keys[i].step, out);
        fputc(':', out);
        print_real(keys[i].value, out);
        dy_ease ease = keys[i].ease;
        if (i == 0 || ease.kind == DY_EASE_LINEAR) continue;
        fprintf(out, " %s", DY_EASE_NAMES[ease.kind]);
        for (int k = 0; k < DY_EASE_FORMS[ease.kind].n; k++) {
            fputc(' ', out);
            print_real(dy_ease_number(ease, k), out);
        }
    }
}

static void print_samples(const double *samples, int32_t n, int32_t most, FILE *out)
{
    for (int32_t i = 0; goes_on(i, n, most, out); i++) {
        fputs(i > 0 ? ", " : " ", out);
        print_real(samples[i], out);
    }
}

static void print_node(const dy_curve *curve, const dy_node *node, int32_t most, FILE *out)
{
    const dy_node_form *form = &DY_NODE_FORMS[node->kind];
    const double numbers[] = { node->a, node->b, node->c };
    fputs(form->name, out);
    if (node->kind == DY_NODE_KEYS)
        print_keys(curve->keys + node->first, node->count, most, out);
    if (node->kind == DY_NODE_SAMPLES)
        print_samples(curve->samples + node->first, node->count, most, out);
    for (int i = 0; i < 3; i++) {
        if (form->ranges[i] == DY_RANGE_UNUSED) continue;
        fputc(' ', out);
        print_real(numbers[i], out);
    }
    if (node->flag) fputs(" staircase", out);
}

static void print_nodes(const dy_curve *curve, int32_t most, FILE *out)
{
    for (int32_t i = 0; i < curve->n_nodes; i++) {
        if (i > 0) fputs(" | ", out);
        print_node(curve, &curve->nodes[i], most, out);
    }
}

void dy_curve_print(const dy_curve *curve, FILE *out)
{
    print_nodes(curve, INT32_MAX, out);
}

void dy_curve_print_brief(const dy_curve *curve, FILE *out)
{
    enum { BRIEF = 6 };

    print_nodes(curve, BRIEF, out);
}
