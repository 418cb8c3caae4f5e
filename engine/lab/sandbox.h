/* sandbox.h - the walls around the lab, should a script get past Lua's own.
 *
 * Debian's Lua 5.4.4 has memory bugs that plain scripts reach, so the promise that a script reads only its own folder and
 * the data folders, writes nothing, opens no socket and starts nothing rests on the kernel: rlimits, no_new_privs,
 * landlock where the kernel has it, and a seccomp filter (libseccomp).
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stdint.h>

typedef struct dy_walls {
    const char *const *
        folders; /* that may be read, NULL-terminated; those that do not exist are passed over */
    int64_t
        address_space; /* bytes the process may map beyond what it has now; 0: not limited */
} dy_walls;

/* Raises the walls around this process, for good. Fails when no filter could be put up. */
bool dy_sandbox_enter(const dy_walls *walls, dy_error *err);
