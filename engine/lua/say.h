/* say.h - derny.say: captions for whoever watches.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/session.h"
#include "lua/script.h"

/* Says on the session's runs what was to be said at the update they have come to. */
void dy_say_due(const dy_host *host, dy_session *session);
