/* blas.h - the matrix product, from BLIS; the only place that knows BLIS.
 *
 * Threads are chosen here, call by call through the expert interface, never by the environment. The kernel family is chosen
 * before BLIS starts: where BLIS does not know the processor's brand it settles for less than the processor has.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/tensor.h"

/* Picks the kernels and starts BLIS; the first call counts, later ones do nothing. Clears the BLIS_* and OMP_* variables that
 * would steer it. Results are the same bits on one kernel family, whatever the number of threads. */
void dy_blas_start(void);

/* The kernel family in use: "skx", "haswell", "zen3", ... Recorded with runs: another family rounds otherwise. */
const char *dy_blas_kernels(void);

/* C = alpha A B + beta C on `threads` threads. shape: A [m x k], B [k x n], C [m x n], asserted, and C is sound.
 * With beta 0, C may hold anything. */
void dy_blas_product(float alpha, dy_mat a, dy_mat b, float beta, dy_mat c, int threads);
