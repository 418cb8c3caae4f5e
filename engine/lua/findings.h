/* findings.h - what lint finds, told to whoever watches: each sentence once in a script's life.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/script.h"
#include "schedule/lint.h"

/* Sends each as "before: where: what; fix": warnings as DY_MESSAGE_WARN, notes as DY_MESSAGE_NOTE where they are asked for. A
 * sweep says the same of a thousand runs: what has been said already is not sent again. */
void dy_findings_say(dy_host *host, const char *before, const dy_findings *found, bool notes);
