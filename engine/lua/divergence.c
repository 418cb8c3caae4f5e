/* divergence.c - see divergence.h.   SPDX-License-Identifier: MIT */
#include "lua/divergence.h"

#include "base/digest.h"

#include <string.h>

/* Names what an lr's effect depends on; seeds and threads do not count. */
static uint64_t key_of(const dy_race_spec *race)
{
    uint8_t sum[DY_DIGEST_BYTES];
    char text[200];
    uint64_t key;
    dy_digest digest;
    dy_digest_init(&digest);
    dy_dataset_digest(race->data, sum);
    dy_digest_bytes(&digest, sum, sizeof sum);
    dy_digest_text(&digest, dy_mlp_describe(&race->model, text, sizeof text));
    dy_digest_text(&digest, dy_optim_describe(&race->optim, text, sizeof text));
    dy_digest_whole(&digest, race->batch);
    dy_digest_whole(&digest, (int64_t)race->loss.kind);
    dy_digest_end(&digest, sum);
    memcpy(&key, sum, sizeof key);
    return key;
}

void dy_divergence_note(dy_host *host, const dy_race_spec *race, double lr)
{
    dy_diverged *next = &host->diverged[host->n_diverged++ % DY_DIVERGED_MOST];
    *next = (dy_diverged){ key_of(race), lr };
}

double dy_divergence_of(const dy_host *host, const dy_race_spec *race)
{
    if (host->n_diverged == 0) return 0;
    uint64_t key = key_of(race);
    for (int64_t i = host->n_diverged - 1; i >= 0 && i >= host->n_diverged - DY_DIVERGED_MOST;
         i--) {
        const dy_diverged *known = &host->diverged[i % DY_DIVERGED_MOST];
        if (known->key == key) return known->lr;
    }
    return 0;
}
