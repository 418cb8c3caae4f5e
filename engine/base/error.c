/* error.c - see error.h.   SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef dy_fail /* here are the functions themselves */
#undef dy_fail_in

bool dy_fail(dy_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return false;
}

bool dy_fail_in(dy_error *err, const char *format, ...)
{
    dy_error inner = *err;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    size_t used = n > 0 ? (size_t)n : 0;
    size_t room = used + 3 < sizeof err->text ? sizeof err->text - used - 3 : 0;
    if (room == 0) return false; /* the place alone fills it */
    size_t rest = strnlen(inner.text, room);
    memcpy(err->text + used, ": ", 2);
    memcpy(err->text + used + 2, inner.text, rest);
    err->text[used + 2 + rest] = '\0';
    return false;
}

_Noreturn void dy_assert_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "derny: internal error at %s:%d: %s does not hold; please report it\n",
            file, line, condition);
    abort();
}
