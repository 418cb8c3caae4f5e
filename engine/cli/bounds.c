/* bounds.c - see bounds.h.   SPDX-License-Identifier: MIT */
#include "cli/bounds.h"

#include <string.h>

dy_bounds dy_bounds_defaults(void)
{
    return (dy_bounds){ .patience_s = 10, .memory = (int64_t)256 << 20 };
}

bool dy_bounds_read(dy_bounds *bounds, const char *name, const char *value, bool *mine,
                    dy_error *err)
{
    bool memory = strcmp(name, "memory") == 0;
    double mb;
    *mine = memory || strcmp(name, "patience") == 0;
    if (!*mine) return true;
    if (!memory) return dy_args_real(name, value, 0, 1e9, &bounds->patience_s, err);
    if (!dy_args_real(name, value, 1, 1 << 20, &mb, err)) return false;
    bounds->memory = (int64_t)(mb * (1 << 20));
    return true;
}

int64_t dy_bounds_space(const dy_bounds *bounds, int64_t engine)
{
    return 2 * bounds->memory + engine;
}
