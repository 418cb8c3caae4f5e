/* blas.c - BLIS, started with the right kernels and called with the right threads.
 *
 * What was measured (BLIS 0.9, one core): haswell and zen3 kernels do small and skinny products without packing, at 105 to 113
 * GF/s of 116 possible on a Zen 4, where the AVX-512 kernels of skx reach 90 to 105. On Intel's AVX-512 processors
 * skx is half as fast again as haswell, which is what BLIS picks for a brand that it doesn't know.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/blas.h"

#include DY_BLIS_HEADER

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __x86_64__
#include <cpuid.h>
#endif

extern char **environ;

static bool started;

static bool has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Removes a variable that steers BLIS or its threads; says whether there was one. */
static bool clear_one(void)
{
    for (char **entry = environ; entry && *entry; entry++) {
        if (!has_prefix(*entry, "BLIS_") && !has_prefix(*entry, "OMP_") &&
            !has_prefix(*entry, "GOMP_"))
            continue;
        char name[128];
        size_t length = strcspn(*entry, "=");
        if (length >= sizeof name) continue;
        memcpy(name, *entry, length);
        name[length] = '\0';
        return unsetenv(name) == 0;
    }
    return false;
}

enum { NO_CHOICE = -1 };

#ifdef __x86_64__
static unsigned family(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    __get_cpuid(1, &a, &b, &c, &d);
    unsigned base = a >> 8 & 0xF;
    return base == 0xF ? base + (a >> 20 & 0xFF) : base;
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

/* The kernels to ask for, or NO_CHOICE. Kernels that this processor or this BLIS lacks would end the process. */
static int better_kernels(void)
{
    enum {
        FAMILY_ZEN4 = 0x19
    }; /* the last that BLIS 0.9 knows; a later one gets plain C from it */

    __builtin_cpu_init();
#ifdef BLIS_CONFIG_SKX
    if (__builtin_cpu_is("intel") && has_avx512() && has_avx2()) return BLIS_ARCH_SKX;
#endif
#ifdef BLIS_CONFIG_ZEN3
    if (__builtin_cpu_is("amd") && has_avx2() && family() > FAMILY_ZEN4) return BLIS_ARCH_ZEN3;
#endif
    return NO_CHOICE;
}
#else
static int better_kernels(void)
{
    return NO_CHOICE;
}
#endif

/* BLIS takes the kernels' number before version 1, their name from then on. */
static void ask_for(int kernels)
{
    char number[16];
    snprintf(number, sizeof number, "%d", kernels);
    bool by_number = has_prefix(bli_info_get_version_str(), "0.");
    setenv("BLIS_ARCH_TYPE", by_number ? number : bli_arch_string((arch_t)kernels), 1);
}

void dy_blas_start(void)
{
    if (started) return;
    while (clear_one()) continue;
    int kernels = better_kernels();
    if (kernels != NO_CHOICE) ask_for(kernels);
    bli_init();
    if (kernels != NO_CHOICE) unsetenv("BLIS_ARCH_TYPE");
    started = true;
}

const char *dy_blas_kernels(void)
{
    DY_ASSERT(started);
    return bli_arch_string(bli_arch_query_id());
}

/* Whether copying B into tiles first pays: where its columns are not side by side, kernels without packing fall back to dot
 * products (a third of the speed); and where A comes by columns and B is read many times. */
static bool packing_pays(dy_mat a, dy_mat b)
{
    enum { MANY = 256 };

    return b.col_stride != 1 || (a.col_stride != 1 && a.rows >= MANY);
}

void dy_blas_product(float alpha, dy_mat a, dy_mat b, float beta, dy_mat c, int threads)
{
    DY_ASSERT(started && threads >= 1);
    DY_ASSERT(a.cols == b.rows && a.rows == c.rows && b.cols == c.cols);
    DY_ASSERT(dy_mat_sound(a) && dy_mat_sound(b) && dy_mat_sound(c));
    rntm_t how = BLIS_RNTM_INITIALIZER;
    bli_rntm_set_ways(threads, 1, 1, 1, 1, &how);
    bli_rntm_set_pack_b(packing_pays(a, b), &how);
    bli_sgemm_ex(BLIS_NO_TRANSPOSE, BLIS_NO_TRANSPOSE, c.rows, c.cols, a.cols, &alpha, a.at,
                 a.row_stride, a.col_stride, b.at, b.row_stride, b.col_stride, &beta, c.at,
                 c.row_stride, c.col_stride, NULL, &how);
}
