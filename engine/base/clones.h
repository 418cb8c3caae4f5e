/* clones.h - one source, several processors: DY_CLONES before a function's definition.
 *
 * The program is built for any x86-64; a loop so marked is compiled for newer ones as well, and which version runs is
 * settled by what the processor can do, when the program starts. (Levels, not names: GCC takes `arch=haswell` to mean
 * that one model, and an AMD processor gets the oldest version.) For elementwise loops only: -std=c11 sets
 * -ffp-contract=off, so no version fuses a multiplication with an addition, and every version gives the same
 * bits. A sum keeps its order without -ffast-math, so it gains nothing here. The loop must stand in the marked function:
 * code for one processor is not inlined into code for another.
 *
 * The resolvers run before a sanitizer is ready for them; under one, as with other compilers and processors,
 * there is one version.
 *
 * SPDX-License-Identifier: MIT */
#pragma once

#if defined(__GNUC__) && !defined(__clang__)
#if __GNUC__ >= 12 && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) &&                 \
    !defined(__SANITIZE_THREAD__)
#define DY_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#endif
#endif

#ifndef DY_CLONES
#define DY_CLONES
#endif
