/* findings.c - see findings.h.   SPDX-License-Identifier: MIT */
#include "lua/findings.h"

#include "lab/message.h"

#include <string.h>

/* FNV-1a. source: G. Fowler, L. C. Noll and K.-P. Vo, 1991 */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash;
}

/* false: it has been said. When too much has been said to remember, the first is forgotten. */
static bool is_new(dy_host *host, const char *text)
{
    uint64_t hash = hash_of(text);
    int n = host->n_said < DY_SAID_MOST ? (int)host->n_said : DY_SAID_MOST;
    for (int i = 0; i < n; i++)
        if (host->said[i] == hash) return false;
    host->said[host->n_said++ % DY_SAID_MOST] = hash;
    return true;
}

void dy_findings_say(dy_host *host, const char *before, const dy_findings *found, bool notes)
{
    for (int i = 0; i < found->n; i++) {
        char text[640], whole[760];
        if (found->at[i].note && !notes) continue;
        dy_finding_text(text, sizeof text, &found->at[i]);
        snprintf(whole, sizeof whole, "%s%s", before, text);
        if (is_new(host, whole))
            dy_message_send(host->lab->out,
                            found->at[i].note ? DY_MESSAGE_NOTE : DY_MESSAGE_WARN, whole,
                            strlen(whole));
    }
}
