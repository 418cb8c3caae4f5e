/* curve_make.c - what the makers refuse, and what they leave alone.   SPDX-License-Identifier: MIT */
#include "schedule/curve.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const struct {
    dy_key keys[4];
    int n;
    const char *message;
} BAD_KEYS[] = {
    { { { 0 } }, 0, "0 keyframes; want 1" },
    { { { NAN, 1, { 0 } } }, 1, "keyframe 1 is 1 at step nan" },
    { { { 0, INFINITY, { 0 } } }, 1, "keyframe 1 is inf" },
    { { { 0, 1e101, { 0 } } }, 1, "keyframe 1 is 1e+101" },
    { { { 400, 1, { 0 } }, { 200, 1, { 0 } } },
      2,
      "keyframe 2 is at step 200, not after keyframe 1 (step 400)" },
    { { { 7, 1, { 0 } }, { 7, 2, { 0 } }, { 7, 3, { 0 } } },
      3,
      "keyframes 1 to 3 are all at step 7" },
    { { { 0, 1, { 0 } }, { 1, 0, { DY_EASE_EXP, 0, 0 } } }, 2, "keyframe 2: exp from 1 to 0" },
    { { { 0, -1, { 0 } }, { 1, 1, { DY_EASE_EXP, 0, 0 } } }, 2, "both of one sign" },
    { { { 0, 0, { 0 } }, { 1, 0, { DY_EASE_EXP, 0, 0 } } }, 2, "exp from 0 to 0" },
    { { { 0, 1, { 0 } }, { 1, 2, { DY_EASE_POLY, 0, 0 } } }, 2, "poly with power 0" },
    { { { 0, 1, { 0 } }, { 1, 2, { DY_EASE_POLY, NAN, 0 } } }, 2, "poly with power nan" },
    { { { 0, 1, { 0 } }, { 1, 2, { (dy_ease_kind)99, 0, 0 } } }, 2, "keyframe 2: ease 99" },
};

Test(curve_make, refuses_bad_keys_and_changes_nothing)
{
    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof BAD_KEYS / sizeof *BAD_KEYS; i++) {
        dy_error err = { "" };
        dy_curve curve = { .n_nodes = 77 };
        cr_expect(!dy_curve_keys(&curve, &arena, BAD_KEYS[i].keys, BAD_KEYS[i].n, &err));
        cr_expect(strstr(err.text, BAD_KEYS[i].message), "case %zu: %s", i, err.text);
        cr_expect(curve.n_nodes == 77);
    }
    dy_arena_close(&arena);
}

Test(curve_make, the_first_keys_ease_is_ignored)
{
    dy_error err;
    dy_curve curve;
    dy_arena arena = dy_arena_make(0);
    dy_key key = { 0, 1, { DY_EASE_POLY, NAN, 0 } };
    cr_expect(dy_curve_keys(&curve, &arena, &key, 1, &err), "%s", err.text);
    dy_arena_close(&arena);
}

Test(curve_make, curves_own_their_arrays)
{
    dy_error err;
    dy_curve x, scaled;
    dy_arena shorter = dy_arena_make(0), longer = dy_arena_make(0);
    dy_key keys[] = { { 0, 1, { 0 } }, { 10, 2, { DY_EASE_LINEAR, 0, 0 } } };
    cr_assert(dy_curve_keys(&x, &shorter, keys, 2, &err));
    cr_assert(dy_curve_map(&scaled, &longer, DY_NODE_SCALE, &x, 3, 0, &err));
    keys[0].value = 100;
    dy_arena_close(&shorter);
    cr_expect(dy_curve_at(&scaled, 0) == 3);
    dy_arena_close(&longer);
}

Test(curve_make, too_many_nodes_are_refused)
{
    dy_error err;
    dy_curve x;
    dy_arena arena = dy_arena_make(0);
    cr_assert(dy_curve_constant(&x, &arena, 1, &err));
    for (int n = 1; n < DY_CURVE_NODES; n++)
        cr_assert(dy_curve_map(&x, &arena, DY_NODE_SHIFT, &x, 1, 0, &err), "%s", err.text);
    cr_expect(!dy_curve_map(&x, &arena, DY_NODE_SHIFT, &x, 1, 0, &err));
    cr_expect(strstr(err.text, "a curve of 1025 nodes"), "%s", err.text);
    cr_expect(x.n_nodes == DY_CURVE_NODES);
    dy_arena_close(&arena);
}

Test(curve_make, refuses_bad_samples_and_changes_nothing)
{
    dy_error err = { "" };
    dy_curve curve = { .n_nodes = 77 };
    dy_arena arena = dy_arena_make(0);
    double bad[] = { 1, 2, INFINITY, 4 };
    cr_expect(!dy_curve_samples(&curve, &arena, bad, 4, &err));
    cr_expect(strstr(err.text, "inf at step 2; want a number of at most 1e+100"), "%s",
              err.text);
    cr_expect(!dy_curve_samples(&curve, &arena, bad, 0, &err));
    cr_expect(strstr(err.text, "0 samples; want 1"), "%s", err.text);
    cr_expect(!dy_curve_samples(&curve, &arena, bad, (int64_t)INT32_MAX + 1, &err));
    cr_expect(curve.n_nodes == 77);
    dy_arena_close(&arena);
}

static bool make_all(dy_arena *arena, dy_error *err)
{
    static const double SAMPLES[] = { 1, 2, 3, 4 };
    dy_curve x, decay, samples, join, copy;
    dy_key keys[] = { { 0, 1, { 0 } }, { 10, 2, { DY_EASE_LINEAR, 0, 0 } } };
    return dy_curve_keys(&x, arena, keys, 2, err) &&
           dy_curve_decay(&decay, arena, 1, 0.5, 1, false, err) &&
           dy_curve_samples(&samples, arena, SAMPLES, 4, err) &&
           dy_curve_join(&join, arena, &x, 5, &decay, err) &&
           dy_curve_join(&join, arena, &samples, 5, &join, err) &&
           dy_curve_copy(&copy, arena, &join, err);
}

Test(curve_make, short_of_memory_it_fails_and_says_so)
{
    int64_t nth = 1;
    for (bool made = false; !made; nth++) {
        dy_error err = { "" };
        dy_arena arena = dy_arena_make(0);
        dy_arena_fail_at(nth, false);
        made = make_all(&arena, &err);
        dy_arena_fail_at(0, false);
        cr_assert(made || strstr(err.text, "out of memory"), "%s", err.text);
        dy_arena_close(&arena);
    }
    cr_expect(nth == 17, "15 takes fail one by one, then none: %lld", (long long)nth);
}
