/* fingerprint.h - what a data set remembers of its own content. An internal header of data/.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/dataset.h"

typedef struct dy_fingerprint {
    bool taken;
    uint8_t sum[DY_DIGEST_BYTES];
} dy_fingerprint;
