/* loss.c - softmax a row at a time, sixteen classes at a time.
 *
 * Sums over classes are kept in sixteen parts and folded in one fixed order, so that every processor gets the same bits.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/loss.h"

#include "base/clones.h"
#include "learn/special.h"

const char *const DY_LOSS_NAMES[] = { "cross_entropy", "mse", NULL };

enum { PARTS = 16 };

bool dy_loss_check(const dy_loss_spec *loss, dy_error *err)
{
    DY_ASSERT(loss->kind >= 0 && loss->kind < DY_LOSSES);
    if (!(loss->smoothing >= 0 && loss->smoothing < 1))
        return dy_fail(err, "loss: label smoothing %g; want 0 <= smoothing < 1",
                       loss->smoothing);
    if (loss->kind == DY_MSE && loss->smoothing > 0)
        return dy_fail(err, "loss: mse has no labels to smooth; leave smoothing out, or use "
                            "cross_entropy");
    return true;
}

static float greatest(const float *z, int64_t n)
{
    float most = z[0];
    for (int64_t j = 1; j < n; j++) most = z[j] > most ? z[j] : most;
    return most;
}

static inline float fold(float parts[PARTS])
{
    for (int half = PARTS / 2; half > 0; half /= 2)
        for (int j = 0; j < half; j++) parts[j] += parts[j + half];
    return parts[0];
}

/* e[j] = exp(z[j] - most) for n classes; the sum. e may be z. */
DY_CLONES static float exp_row(float *e, const float *z, float most, int64_t n)
{
    float sums[PARTS] = { 0 };
    for (int64_t from = 0; from < n; from += PARTS) {
        size_t bytes = sizeof *z * (size_t)(n - from < PARTS ? n - from : PARTS);
        float part[PARTS];
        for (int j = 0; j < PARTS; j++) part[j] = -INFINITY;
        memcpy(part, z + from, bytes);
        for (int j = 0; j < PARTS; j++) part[j] = dy_exp_down(part[j] - most);
        for (int j = 0; j < PARTS; j++) sums[j] += part[j];
        memcpy(e + from, part, bytes);
    }
    return fold(sums);
}

/* The loss of a row, -sum q_j log p_j with q the smoothed label and log p_j = z_j - most - log sum, is this and log sum. */
static double entropy_but_log(const float *z, int64_t n, int32_t label, double smoothing,
                              float most)
{
    DY_ASSERT(label >= 0 && label < n);
    double loss = (1 - smoothing) * ((double)most - (double)z[label]);
    if (smoothing == 0) return loss;
    double spread = 0;
    for (int64_t j = 0; j < n; j++) spread += (double)most - (double)z[j];
    return loss + smoothing / (double)n * spread;
}

/* e becomes (p - q) / rows. */
static void entropy_gradient(float *e, int64_t n, int32_t label, double smoothing, float sum,
                             int64_t rows)
{
    float scale = 1.0F / (sum * (float)rows);
    float share = (float)(smoothing / (double)n / (double)rows);
    for (int64_t j = 0; j < n; j++) e[j] = e[j] * scale - share;
    e[label] -= (float)((1 - smoothing) / (double)rows);
}

static double entropy_back(double smoothing, dy_mat z, const int32_t *labels)
{
    double loss = 0;
    for (int64_t i = 0; i < z.rows; i++) {
        float *row = z.at + i * z.row_stride;
        float most = greatest(row, z.cols);
        loss += entropy_but_log(row, z.cols, labels[i], smoothing, most);
        float sum = exp_row(row, row, most, z.cols);
        loss += log((double)sum);
        entropy_gradient(row, z.cols, labels[i], smoothing, sum, z.rows);
    }
    return loss / (double)z.rows;
}

static double mse_back(dy_mat z, const float *targets)
{
    double loss = 0, count = (double)z.rows * (double)z.cols;
    float scale = (float)(2 / count);
    for (int64_t i = 0; i < z.rows; i++)
        for (int64_t j = 0; j < z.cols; j++) {
            float *at = z.at + i * z.row_stride + j;
            float difference = *at - targets[i * z.cols + j];
            loss += (double)difference * (double)difference;
            *at = scale * difference;
        }
    return loss / count;
}

double dy_loss_back(const dy_loss_spec *loss, dy_mat z, const int32_t *labels,
                    const float *targets)
{
    DY_ASSERT(z.col_stride == 1 && z.rows > 0);
    if (loss->kind == DY_CROSS_ENTROPY) return entropy_back(loss->smoothing, z, labels);
    return mse_back(z, targets);
}

/* As exp_row, but z stays as it is. */
static double exp_sum(const float *z, float most, int64_t n)
{
    double sum = 0;
    for (int64_t from = 0; from < n; from += PARTS) {
        float part[PARTS];
        sum += (double)exp_row(part, z + from, most, n - from < PARTS ? n - from : PARTS);
    }
    return sum;
}

static int64_t first_greatest(const float *z, int64_t n)
{
    int64_t best = 0;
    for (int64_t j = 1; j < n; j++) best = z[j] > z[best] ? j : best;
    return best;
}

static void tally_entropy(double smoothing, dy_mat z, const int32_t *labels, dy_tally *tally)
{
    for (int64_t i = 0; i < z.rows; i++) {
        const float *row = z.at + i * z.row_stride;
        float most = greatest(row, z.cols);
        tally->loss += entropy_but_log(row, z.cols, labels[i], smoothing, most);
        tally->loss += log(exp_sum(row, most, z.cols));
        tally->right += first_greatest(row, z.cols) == labels[i];
    }
}

void dy_loss_tally(const dy_loss_spec *loss, dy_mat z, const int32_t *labels,
                   const float *targets, dy_tally *tally)
{
    DY_ASSERT(z.col_stride == 1);
    tally->rows += z.rows;
    if (loss->kind == DY_CROSS_ENTROPY) {
        tally_entropy(loss->smoothing, z, labels, tally);
        return;
    }
    for (int64_t i = 0; i < z.rows; i++)
        for (int64_t j = 0; j < z.cols; j++) {
            float difference = z.at[i * z.row_stride + j] - targets[i * z.cols + j];
            tally->loss += (double)difference * (double)difference / (double)z.cols;
        }
}

void dy_softmax(dy_mat z)
{
    for (int64_t i = 0; i < z.rows; i++) {
        float *row = z.at + i * z.row_stride;
        float sum = exp_row(row, row, greatest(row, z.cols), z.cols);
        for (int64_t j = 0; j < z.cols; j++) row[j] /= sum;
    }
}
