/* curve_check.c - arrays from elsewhere that are not a curve.   SPDX-License-Identifier: MIT */
#include "schedule/curve.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const dy_key KEYS[] = { { 0, 1, { 0 } }, { 5, 2, { DY_EASE_LINEAR, 0, 0 } } };

static const double SAMPLES[] = { 1, 2, NAN };

#define LEAF                                                                                   \
    {                                                                                          \
        DY_NODE_KEYS, -1, 0, 2, false, 0, 0, 0, 0                                              \
    }

static const struct {
    dy_node nodes[4];
    int32_t n;
    const char *message;
} BAD[] = {
    { { LEAF }, 0, "want 1 to 1024 nodes" },
    { { LEAF }, DY_CURVE_NODES + 1, "want 1 to 1024 nodes" },
    { { { (dy_node_kind)99, -1, 0, 0, false, 0, 0, 0, 0 } }, 1, "node 0 is of kind 99" },
    { { { (dy_node_kind)-1, -1, 0, 0, false, 0, 0, 0, 0 } }, 1, "node 0 is of kind -1" },
    { { { DY_NODE_KEYS, -1, 0, 3, false, 0, 0, 0, 0 } }, 1, "3 keyframes from number 0 on" },
    { { { DY_NODE_KEYS, -1, -1, 2, false, 0, 0, 0, 0 } }, 1, "keyframes from number -1" },
    { { { DY_NODE_KEYS, -1, 2147483647, 2, false, 0, 0, 0, 0 } }, 1, "from number 2147483647" },
    { { { DY_NODE_KEYS, -1, 0, 0, false, 0, 0, 0, 0 } }, 1, "0 keyframes" },
    { { { DY_NODE_KEYS, 0, 0, 2, false, 0, 0, 0, 0 } }, 1, "does not stand just after" },
    { { LEAF, LEAF }, 2, "the first 1 nodes belong to nothing" },
    { { { DY_NODE_SAMPLES, -1, 0, 4, false, 0, 0, 0, 0 } }, 1, "4 samples from number 0 on" },
    { { { DY_NODE_SAMPLES, -1, -1, 2, false, 0, 0, 0, 0 } }, 1, "samples from number -1" },
    { { { DY_NODE_SAMPLES, -1, 2147483647, 2, false, 0, 0, 0, 0 } },
      1,
      "from number 2147483647" },
    { { { DY_NODE_SAMPLES, -1, 1, 0, false, 0, 0, 0, 0 } }, 1, "0 samples" },
    { { { DY_NODE_SAMPLES, -1, 1, 2, false, 0, 0, 0, 0 } }, 1, "nan at step 1; want a number" },
    { { { DY_NODE_SAMPLES, 0, 0, 2, false, 0, 0, 0, 0 } }, 1, "does not stand just after" },
    { { { DY_NODE_SHIFT, -1, 0, 0, false, 1, 0, 0, 0 } }, 1, "does not stand just after" },
    { { LEAF, { DY_NODE_SUM, 0, 0, 0, false, 0, 0, 0, 0 } }, 2, "does not stand just after" },
    { { LEAF, LEAF, { DY_NODE_SUM, 1, 0, 0, false, 0, 0, 0, 0 } }, 3, "does not stand just" },
    { { LEAF, LEAF, { DY_NODE_SUM, -1, 0, 0, false, 0, 0, 0, 0 } }, 3, "does not stand just" },
    { { LEAF, LEAF, { DY_NODE_SUM, 7, 0, 0, false, 0, 0, 0, 0 } }, 3, "does not stand just" },
    { { LEAF, { DY_NODE_SHIFT, -1, 0, 0, false, NAN, 0, 0, 0 } }, 2, "shift: by is nan" },
    { { LEAF, { DY_NODE_STRETCH, -1, 0, 0, false, 0, 0, 0, 0 } },
      2,
      "by is 0; want more than 0" },
    { { LEAF, { DY_NODE_REPEAT, -1, 0, 0, false, 5, 0.5, 1, 0 } },
      2,
      "stretch is 0.5; want at" },
    { { LEAF, { DY_NODE_REPEAT, -1, 0, 0, false, 5, 1, -1, 0 } },
      2,
      "factor is -1; want at least" },
    { { LEAF, { DY_NODE_CLIP, -1, 0, 0, false, 2, 1, 0, 0 } },
      2,
      "least is 2, above most (1)" },
    { { LEAF, { DY_NODE_SCALE, -1, 0, 0, false, 1, 1e101, 0, 0 } }, 2, "plus is 1e+101" },
    { { { DY_NODE_DECAY, -1, 0, 0, false, 1, 0, 1, 0 } }, 1, "rate is 0; want more than 0" },
    { { { DY_NODE_DECAY, -1, 0, 0, false, 1, 1, INFINITY, 0 } }, 1, "per is inf" },
    { { { DY_NODE_DECAY, -1, 0, 0, false, 1, 0.5, 1, 0 } },
      1,
      "its slope is 0; want that of its other numbers" },
};

static dy_curve of(const dy_node *nodes, int32_t n)
{
    return (dy_curve){ nodes, KEYS, SAMPLES, n, 2, 3 };
}

Test(curve_check, refuses_what_is_no_curve)
{
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        dy_error err = { "" };
        dy_curve curve = of(BAD[i].nodes, BAD[i].n);
        cr_expect(!dy_curve_check(&curve, &err), "case %zu", i);
        cr_expect(strstr(err.text, BAD[i].message), "case %zu: %s", i, err.text);
    }
}

Test(curve_check, refuses_a_negative_number_of_samples)
{
    dy_error err;
    dy_node leaf = LEAF;
    dy_curve curve = of(&leaf, 1);
    curve.n_samples = -1;
    cr_expect(!dy_curve_check(&curve, &err));
    cr_expect(strstr(err.text, "and -1 samples"), "%s", err.text);
}

Test(curve_check, takes_what_is_one)
{
    dy_error err;
    dy_node nodes[] = { LEAF, LEAF, { DY_NODE_SUM, 0, 0, 0, false, 0, 0, 0, 0 } };
    dy_curve curve = of(nodes, 3);
    cr_expect(dy_curve_check(&curve, &err));
}

Test(curve_check, refuses_clips_nested_too_deep)
{
    dy_error err;
    dy_node nodes[DY_CURVE_DEPTH + 2] = { LEAF };
    for (int i = 1; i < DY_CURVE_DEPTH + 2; i++)
        nodes[i] = (dy_node){ .kind = DY_NODE_CLIP, .other = -1, .b = 1 };
    dy_curve curve = of(nodes, DY_CURVE_DEPTH + 1);
    cr_expect(dy_curve_check(&curve, &err), "%s", err.text);
    cr_expect(dy_curve_at(&curve, 5) == 1);
    curve.n_nodes++;
    cr_expect(!dy_curve_check(&curve, &err));
    cr_expect(strstr(err.text, "more than 32 deep"), "%s", err.text);
}
