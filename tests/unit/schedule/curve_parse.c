/* curve_parse.c - curves from their lines: the same bit for bit, and nothing from anything else.
 *
 * SPDX-License-Identifier: MIT */
#include "random_curve.h"
#include "same_curve.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static dy_arena arena;
static dy_error err;

static void setup(void)
{
    arena = dy_arena_make(0);
}

static void teardown(void)
{
    dy_arena_close(&arena);
}

TestSuite(curve_parse, .init = setup, .fini = teardown);

static char *printed(const dy_curve *curve)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    dy_curve_print(curve, out);
    fclose(out);
    return text;
}

Test(curve_parse, what_was_printed_bit_for_bit)
{
    dy_rng rng = dy_rng_make(5, "parse");
    for (int i = 0; i < 3000; i++) {
        dy_curve curve = random_curve(&rng, &arena), again;
        char *text = printed(&curve);
        cr_assert(dy_curve_parse(&again, &arena, text, &err), "%s\n%s", err.text, text);
        cr_assert(same_curve(&curve, &again), "%s", text);
        free(text);
        if (i % 100 == 0) dy_arena_close(&arena);
    }
}

static const struct {
    const char *text;
    double at, value;
} READ[] = {
    { "keys 0:0.1", 5, 0.1 },
    { "  keys 0 : 1 ,10:3\n", 5, 2 },
    { "keys 0:1, 10:3 hold, 20:5 tanh -3 3 | scale 2 -1", 15, 7 },
    { "keys 0:-1, 10:-0.0", 20, 0 },
    { "samples 1, .5, 2e-1", 1, 0.5 },
    { "decay 1 0.5 10 staircase", 25, 0.25 },
    { "keys 0:1|keys 0:2|join 5|shift 1", 6, 2 },
    { "keys 0:1 | keys 0:2 | keys 0:4 | product | sum", 6, 9 },
};

Test(curve_parse, lines_of_a_person)
{
    for (size_t i = 0; i < sizeof READ / sizeof *READ; i++) {
        dy_curve curve;
        cr_assert(dy_curve_parse(&curve, &arena, READ[i].text, &err), "%s: %s", READ[i].text,
                  err.text);
        cr_expect(dy_curve_at(&curve, READ[i].at) == READ[i].value, "%s", READ[i].text);
    }
}

static const struct {
    const char *text, *message;
} REFUSED[] = {
    { "", "character 1: the end; want keys, samples, or another kind of node" },
    { "key 0:1", "character 1: 'key 0:1'; want keys, samples, or another kind of node" },
    { "keys", "character 5: the end; want a step" },
    { "keys 0", "character 7: the end; want a colon between step and value" },
    { "keys 0:", "character 8: the end; want a value" },
    { "keys 0:nan", "character 8: 'nan'; want a value" },
    { "keys 0:0x10", "character 8: '0x10'; want a value" },
    { "keys 0:1e999", "character 8: '1e999'; want a value" },
    { "keys 0:1, 5:2 cubic", "character 15: 'cubic'; want the name of an ease" },
    { "keys 0:1, 5:2 poly", "character 19: the end; want power" },
    { "keys 0:1, 5:2 poly -1", "keyframe 2: poly with power -1; want a number, more than 0" },
    { "keys 0:1 cosine", "character 10: 'cosine'; want | and another node, or the end" },
    { "keys 5:1, 0:2", "keyframe 2 is at step 0, not after keyframe 1 (step 5)" },
    { "keys 0:1 |", "character 11: the end; want keys, samples, or another kind of node" },
    { "keys 0:1 | keys 0:2",
      "character 20: the end; want a node that makes one curve of those before it" },
    { "scale 2 0", "character 1: 'scale 2 0'; want a curve before it" },
    { "keys 0:1 | sum", "character 12: 'sum'; want two curves before it" },
    { "keys 0:1 | repeat 0 1 1",
      "repeat: period is 0; want more than 0, of at most 1e+100 in size" },
    { "keys 0:1 | scale 2 0 7", "character 22: '7'; want | and another node, or the end" },
    { "keys 0:1 \xff", "character 10: '?'; want | and another node, or the end" },
};

Test(curve_parse, refused)
{
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        dy_curve curve = { .n_nodes = 77 };
        cr_expect(!dy_curve_parse(&curve, &arena, REFUSED[i].text, &err), "%s",
                  REFUSED[i].text);
        cr_expect(strcmp(err.text, REFUSED[i].message) == 0, "%s:\n'%s'; want\n'%s'",
                  REFUSED[i].text, err.text, REFUSED[i].message);
        cr_expect(curve.n_nodes == 77);
    }
}

Test(curve_parse, as_many_nodes_as_a_curve_may_have)
{
    dy_curve curve;
    char text[20000] = "keys 0:1";
    size_t used = strlen(text);
    for (int i = 1; i < DY_CURVE_NODES; i++) {
        memcpy(text + used, " | shift 1", 11);
        used += 10;
    }
    cr_expect(dy_curve_parse(&curve, &arena, text, &err), "%s", err.text);
    memcpy(text + used, " | shift 1", 11);
    cr_expect(!dy_curve_parse(&curve, &arena, text, &err));
    cr_expect(strstr(err.text, "a curve of 1025 nodes; want at most 1024"), "%s", err.text);
}

/* Cut, doubled, swapped and overwritten. */
static void damage(char *text, dy_rng *rng)
{
    static const char BITS[] = "0123456789.:,|-e keysjoinsumcliprepeatdecaypowerwarp\n\x80";
    int64_t n = (int64_t)strlen(text);
    for (int64_t k = 1 + dy_rng_below(rng, 4); k > 0 && n > 0; k--) {
        int64_t at = dy_rng_below(rng, n), to = dy_rng_below(rng, n);
        switch (dy_rng_below(rng, 3)) {
        case 0: text[at] = BITS[dy_rng_below(rng, sizeof BITS - 1)]; break;
        case 1: memmove(text + at, text + to, (size_t)(n - (at > to ? at : to))); break;
        default: text[at] = dy_rng_below(rng, 4) ? ' ' : '\0'; break;
        }
        n = (int64_t)strlen(text);
    }
}

Test(curve_parse, hostile_text)
{
    dy_rng rng = dy_rng_make(6, "hostile");
    int read = 0;
    for (int i = 0; i < 20000; i++) {
        dy_curve curve = random_curve(&rng, &arena), again;
        char *text = printed(&curve);
        damage(text, &rng);
        dy_error why = { "" };
        bool fine = dy_curve_parse(&again, &arena, text, &why);
        read += fine;
        cr_assert(fine || why.text[0]);
        if (fine) cr_assert(dy_curve_check(&again, &err) && isfinite(dy_curve_at(&again, 7)));
        free(text);
        if (i % 100 == 0) dy_arena_close(&arena);
    }
    cr_expect(read > 1000, "%d", read);
}

Test(curve_parse, short_of_memory)
{
    for (int64_t nth = 1; nth <= 3; nth++) {
        dy_curve curve;
        dy_arena_fail_at(nth, false);
        cr_expect(!dy_curve_parse(&curve, &arena, "keys 0:1, 5:2 | samples 1, 2 | sum", &err));
        dy_arena_fail_at(0, false);
        cr_expect(strstr(err.text, "out of memory"), "%s", err.text);
    }
}
