/* error.h - how Derny's functions fail, and the rules every header takes for granted.
 *
 * A function that can fail returns bool and fills a dy_error on the caller's stack; callers add where it
 * happened with dy_fail_in and pass it on. There is no error code (no caller has needed to branch on one)
 * and no global last error.
 *
 * What headers mention only when it is otherwise:
 *   - pointers are borrowed for the call;
 *   - nothing is NULL;
 *   - one thread;
 *   - `false` means *err is filled and nothing changed.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>

#define DY_PRINTF(fmt_at, args_at) __attribute__((format(printf, fmt_at, args_at)))

typedef struct dy_error {
    char text[512];
} dy_error;

/* Fills *err and returns false, so that a failing line reads `return dy_fail(err, ...)`. A message says where,
 * what was found, what was wanted, and what to do; longer ones are cut. */
bool dy_fail(dy_error *err, const char *format, ...) DY_PRINTF(2, 3);

/* Puts "format: " before the message that is already there, and returns false. */
bool dy_fail_in(dy_error *err, const char *format, ...) DY_PRINTF(2, 3);

/* Seen from another file a function may return anything: this tells compilers and analysers that it is false, so that they
 * don't take what a failed call left unset for something that is used. */
#define dy_fail(...)                                                                           \
    __extension__({                                                                            \
        dy_fail(__VA_ARGS__);                                                                  \
        false;                                                                                 \
    })
#define dy_fail_in(...)                                                                        \
    __extension__({                                                                            \
        dy_fail_in(__VA_ARGS__);                                                               \
        false;                                                                                 \
    })

/* A promise between functions of Derny; never fed user input. It stays on in release builds: a wrong number
 * in a record is worse than a run that ends. */
#define DY_ASSERT(condition)                                                                   \
    ((condition) ? (void)0 : dy_assert_failed(__FILE__, __LINE__, #condition))

_Noreturn void dy_assert_failed(const char *file, int line, const char *condition);
