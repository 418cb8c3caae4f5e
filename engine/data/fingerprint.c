/* fingerprint.c - see dy_dataset_digest.   SPDX-License-Identifier: MIT */
#include "data/fingerprint.h"

#include <string.h>

static void add(dy_digest *digest, const void *values, int64_t n, size_t size)
{
    dy_digest_whole(digest, values ? n : -1);
    if (values) dy_digest_bytes(digest, values, (size_t)n * size);
}

static void add_split(dy_digest *digest, const dy_dataset *data, const dy_split *split)
{
    int64_t rows = split->rows;
    add(digest, split->bytes, rows * data->inputs, sizeof *split->bytes);
    add(digest, split->floats, rows * data->inputs, sizeof *split->floats);
    add(digest, split->labels, rows, sizeof *split->labels);
    add(digest, split->targets, rows * data->outputs, sizeof *split->targets);
}

static void take(const dy_dataset *data, uint8_t sum[DY_DIGEST_BYTES])
{
    dy_digest digest;
    dy_digest_init(&digest);
    dy_digest_whole(&digest, data->task);
    dy_digest_whole(&digest, data->inputs);
    dy_digest_whole(&digest, data->outputs);
    add(&digest, data->scale, data->inputs, sizeof *data->scale);
    add(&digest, data->shift, data->inputs, sizeof *data->shift);
    add_split(&digest, data, &data->train);
    add_split(&digest, data, &data->test);
    dy_digest_end(&digest, sum);
}

void dy_dataset_digest(const dy_dataset *data, uint8_t sum[DY_DIGEST_BYTES])
{
    dy_fingerprint *print = data->print;
    if (print && print->taken) {
        memcpy(sum, print->sum, sizeof print->sum);
        return;
    }
    take(data, sum);
    if (!print) return;
    memcpy(print->sum, sum, sizeof print->sum);
    print->taken = true;
}
