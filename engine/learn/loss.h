/* loss.h - how wrong a network's outputs are, and in which direction.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/tensor.h"

typedef enum dy_loss_kind {
    DY_CROSS_ENTROPY, /* softmax and negative log likelihood */
    DY_MSE, /* mean of squared differences over rows and outputs, as torch.nn.MSELoss */
    DY_LOSSES,
} dy_loss_kind;

typedef struct dy_loss_spec {
    dy_loss_kind kind;
    double
        smoothing; /* of labels, 0 <= s < 1: s/outputs on every class, 1 - s more on the right one */
} dy_loss_spec;

/* Names as scripts use them, NULL-terminated, in the order of the enum. */
extern const char *const DY_LOSS_NAMES[];

/* Fails when smoothing is out of range, or is asked of a loss without classes. */
bool dy_loss_check(const dy_loss_spec *loss, dy_error *err);

/* The mean loss of a batch. z [rows x outputs] are the last layer's sums; becomes the gradient of the mean loss with respect
 * to them. labels [rows] or targets [rows x outputs], by kind. Not finite when an output is not. */
double dy_loss_back(const dy_loss_spec *loss, dy_mat z, const int32_t *labels,
                    const float *targets);

/* Sums over rows, for evaluation: the same loss as in training, and rows whose greatest output is the label's (the
 * first of equals). z is left as it is. */
typedef struct dy_tally {
    double loss;
    int64_t right, rows;
} dy_tally;

void dy_loss_tally(const dy_loss_spec *loss, dy_mat z, const int32_t *labels,
                   const float *targets, dy_tally *tally);

/* Each row of z becomes class probabilities. */
void dy_softmax(dy_mat z);
