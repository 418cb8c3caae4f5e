/* curve_pack.c - curves as bytes and back.   SPDX-License-Identifier: MIT */
#include "schedule/curve_pack.h"

#include <criterion/criterion.h>
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

TestSuite(curve_pack, .init = setup, .fini = teardown);

/* Keys, then samples. */
static dy_curve mixed(void)
{
    static const double SAMPLES[] = { 1, 2, 4, 3, 5 };
    dy_curve keys, samples, both;
    dy_key key[] = { { 0, 1, { 0 } }, { 10, 2, { DY_EASE_LINEAR, 0, 0 } } };
    cr_assert(dy_curve_keys(&keys, &arena, key, 2, &err));
    cr_assert(dy_curve_samples(&samples, &arena, SAMPLES, 5, &err));
    cr_assert(dy_curve_join(&both, &arena, &keys, 7, &samples, &err));
    return both;
}

static void *packed(const dy_curve *curve, size_t *n)
{
    *n = dy_curve_packed(curve);
    void *bytes = dy_arena_take(&arena, (int64_t)*n, 1, &err);
    cr_assert(bytes);
    dy_curve_pack(curve, bytes);
    return bytes;
}

Test(curve_pack, there_and_back)
{
    size_t n;
    dy_curve curve = mixed(), again;
    void *bytes = packed(&curve, &n);
    cr_assert(dy_curve_unpack(&again, &arena, bytes, n, &err), "%s", err.text);
    cr_expect(again.n_nodes == 3 && again.n_keys == 2 && again.n_samples == 5);
    for (double t = -1; t < 20; t += 0.5)
        cr_expect(dy_curve_at(&again, t) == dy_curve_at(&curve, t), "at %g", t);
}

Test(curve_pack, refuses_what_is_cut_or_forged)
{
    size_t n;
    dy_curve curve = mixed(), again = { .n_nodes = 77 };
    char *bytes = packed(&curve, &n);
    for (size_t cut = 0; cut < n; cut++)
        cr_expect(!dy_curve_unpack(&again, &arena, bytes, cut, &err), "%zu bytes", cut);
    int64_t many = INT64_MAX / 4, less = -1;
    memcpy(bytes + 8, &many, sizeof many);
    cr_expect(!dy_curve_unpack(&again, &arena, bytes, n, &err));
    memcpy(bytes + 8, &less, sizeof less);
    cr_expect(!dy_curve_unpack(&again, &arena, bytes, n - sizeof(double), &err));
    cr_expect(strstr(err.text, "bytes that are no curve"), "%s", err.text);
    cr_expect(again.n_nodes == 77);
}

Test(curve_pack, short_of_memory)
{
    size_t n;
    dy_curve curve = mixed(), again;
    void *bytes = packed(&curve, &n);
    dy_arena_fail_at(1, false);
    cr_expect(!dy_curve_unpack(&again, &arena, bytes, n, &err));
    dy_arena_fail_at(0, false);
    cr_expect(strstr(err.text, "out of memory"), "%s", err.text);
}
