/* sandbox.h - the walls around the lab, should a script get past Lua's own.
 *
 * Debian's Lua 5.4.4 has memory bugs that plain scripts reach, so the promise that a script reads only its own folder and
 * the data folders, writes nothing, opens no socket and starts nothing rests on the kernel: rlimits, no_new_privs,
 * landlock where the kernel has it, and a seccomp filter (libseccomp).
 * What the walls leave open: descriptors that are open already, the times and sizes of files, threads of its own, and any
 * use of the processor; the desk ends what takes too long.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stdint.h>

typedef struct dy_walls {
    const char *const *folders; /* that may be read (or single files), NULL-terminated; those
                                   that do not exist are passed over. NULL: nothing */
    int64_t address_space;      /* bytes the process may map beyond what it has now; 0: not
                                   limited. Builds with a sanitizer never limit it */
} dy_walls;

/* true: the kernel can hold reading to the folders (landlock). Else a file may be read if its permissions allow. */
bool dy_sandbox_walls_files(void);

/* Raises the walls around this process, for good; call it with one thread. Fails when no filter could be put up. */
bool dy_sandbox_enter(const dy_walls *walls, dy_error *err);
