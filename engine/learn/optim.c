/* optim.c - every optimizer is one of three loops over the weights; their numbers are settled before the loop.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/optim.h"

#include "base/clones.h"

#include <math.h>
#include <stdio.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

const char *const DY_DIALECT_NAMES[] = { "torch", "caffe", "dampened", NULL };

dy_optim_spec dy_sgd_defaults(void)
{
    return (dy_optim_spec){ .kind = DY_SGD, .momentum = 0.9, .beta2 = 0.999, .eps = 1e-8 };
}

dy_optim_spec dy_adam_defaults(void)
{
    return (dy_optim_spec){ .kind = DY_ADAM, .momentum = 0.9, .beta2 = 0.999, .eps = 1e-8 };
}

static bool check_nesterov(const dy_optim_spec *spec, dy_error *err)
{
    if (!spec->nesterov) return true;
    if (spec->kind == DY_ADAM) return dy_fail(err, "adam: nesterov is SGD's; leave it out");
    if (spec->dialect == DY_DIALECT_DAMPENED)
        return dy_fail(err, "sgd: nesterov is not defined for the dampened dialect; use torch "
                            "or caffe");
    return true;
}

bool dy_optim_check(const dy_optim_spec *spec, dy_error *err)
{
    DY_ASSERT(spec->kind >= 0 && spec->kind < DY_OPTIMS);
    DY_ASSERT(spec->dialect >= 0 && spec->dialect < DY_DIALECTS);
    bool adam = spec->kind == DY_ADAM;
    const char *name = adam ? "adam" : "sgd";
    if (!(spec->momentum >= 0 && spec->momentum < 1))
        return dy_fail(err, "%s: %s %g; want 0 <= %s < 1", name, adam ? "beta 1" : "momentum",
                       spec->momentum, adam ? "beta 1" : "momentum");
    if (adam && !(spec->beta2 >= 0 && spec->beta2 < 1))
        return dy_fail(err, "adam: beta 2 %g; want 0 <= beta 2 < 1", spec->beta2);
    if (adam && !(spec->eps > 0 && spec->eps <= 1))
        return dy_fail(err, "adam: eps %g; want 0 < eps <= 1", spec->eps);
    if (!(spec->weight_decay >= 0 && isfinite(spec->weight_decay)))
        return dy_fail(err, "%s: weight decay %g; want a finite number, 0 or more", name,
                       spec->weight_decay);
    if (!(spec->clip_norm >= 0 && isfinite(spec->clip_norm)))
        return dy_fail(err, "%s: clip norm %g; want a finite number, 0 for none", name,
                       spec->clip_norm);
    return check_nesterov(spec, err);
}

char *dy_optim_describe(const dy_optim_spec *spec, char *to, size_t size)
{
    char kind[96], decay[48] = "", clip[48] = "";
    if (spec->kind == DY_ADAM)
        snprintf(kind, sizeof kind, "adam beta1 %g beta2 %g", spec->momentum, spec->beta2);
    else
        snprintf(kind, sizeof kind, "sgd momentum %g%s%s%s", spec->momentum,
                 spec->nesterov ? " nesterov" : "",
                 spec->dialect == DY_DIALECT_TORCH ? "" : ", dialect ",
                 spec->dialect == DY_DIALECT_TORCH ? "" : DY_DIALECT_NAMES[spec->dialect]);
    if (spec->weight_decay > 0)
        snprintf(decay, sizeof decay, ", %sweight decay %g",
                 spec->decoupled ? "decoupled " : "", spec->weight_decay);
    if (spec->clip_norm > 0) snprintf(clip, sizeof clip, ", clip norm %g", spec->clip_norm);
    snprintf(to, size, "%s%s%s", kind, decay, clip);
    return to;
}

int dy_optim_slots(const dy_optim_spec *spec)
{
    return spec->kind == DY_ADAM ? 2 : 1;
}

/* Plain heavy ball, the common case, at half the arithmetic of the general one. */
DY_CLONES static void heavy_ball(const dy_change *change, dy_stretch at, int64_t n)
{
    float *restrict w = at.w, *restrict v = at.v;
    const float *restrict g = at.g;
    float m = change->m, lr = change->by_v;
    for (int64_t i = 0; i < n; i++) {
        v[i] = m * v[i] + g[i];
        w[i] -= lr * v[i];
    }
}

DY_CLONES static void sgd(const dy_change *change, dy_stretch at, int64_t n)
{
    float *restrict w = at.w, *restrict v = at.v;
    const float *restrict g = at.g;
    dy_change c = *change;
    for (int64_t i = 0; i < n; i++) {
        float slope = c.shrink * g[i] + c.decay * w[i];
        v[i] = c.m * v[i] + c.push * slope;
        w[i] = c.keep * w[i] - (c.by_v * v[i] + c.by_g * slope);
    }
}

DY_CLONES static void adam(const dy_change *change, dy_stretch at, int64_t n)
{
    float *restrict w = at.w, *restrict v = at.v, *restrict u = at.u;
    const float *restrict g = at.g;
    dy_change c = *change;
    for (int64_t i = 0; i < n; i++) {
        float slope = c.shrink * g[i] + c.decay * w[i];
        v[i] = c.m * v[i] + c.push * slope;
        u[i] = c.m2 * u[i] + c.push2 * slope * slope;
        w[i] = c.keep * w[i] - c.by_v * v[i] / (c.root * sqrtf(u[i]) + c.eps);
    }
}

static dy_change common_terms(const dy_optim_spec *spec, dy_pace pace, float shrink)
{
    dy_change t = { .shrink = shrink, .keep = 1, .m = (float)pace.momentum };
    if (spec->decoupled)
        t.keep = (float)(1 - pace.lr * spec->weight_decay);
    else
        t.decay = (float)spec->weight_decay;
    return t;
}

/* Nesterov looks one velocity ahead: torch's change is lr (g + m v); Keras' and Caffe's m v + lr g. */
static dy_change sgd_terms(const dy_optim_spec *spec, dy_pace pace, float shrink)
{
    dy_change t = common_terms(spec, pace, shrink);
    bool caffe = spec->dialect == DY_DIALECT_CAFFE;
    double push = caffe                                  ? pace.lr
                  : spec->dialect == DY_DIALECT_DAMPENED ? 1 - pace.momentum
                                                         : 1;
    double by_v = caffe ? 1 : pace.lr;
    t.push = (float)push;
    t.by_v = (float)(spec->nesterov ? by_v * pace.momentum : by_v);
    t.by_g = spec->nesterov ? (float)pace.lr : 0;
    return t;
}

/* Bias correction with the momentum in effect now, as torch.optim.Adam does when a schedule moves it. */
static dy_change adam_terms(const dy_optim_spec *spec, dy_pace pace, int64_t update,
                            float shrink)
{
    dy_change t = common_terms(spec, pace, shrink);
    double count = (double)update + 1;
    t.push = (float)(1 - pace.momentum);
    t.m2 = (float)spec->beta2;
    t.push2 = (float)(1 - spec->beta2);
    t.by_v = (float)(pace.lr / (1 - pow(pace.momentum, count)));
    t.root = (float)(1 / sqrt(1 - pow(spec->beta2, count)));
    t.eps = (float)spec->eps;
    return t;
}

static bool is_plain(const dy_change *t)
{
    return t->shrink == 1 && t->decay == 0 && t->keep == 1 && t->push == 1 && t->by_g == 0;
}

dy_change dy_change_make(const dy_optim_spec *spec, dy_pace pace, int64_t update, float shrink)
{
    bool is_adam = spec->kind == DY_ADAM;
    dy_change t =
        is_adam ? adam_terms(spec, pace, update, shrink) : sgd_terms(spec, pace, shrink);
    t.loop = is_adam ? adam : is_plain(&t) ? heavy_ball : sgd;
    return t;
}

static const float ZEROS[1024];

/* One stretch of n weights. Without a gradient, pieces of zeros stand in for it. */
static void over_stretch(const dy_change *c, dy_stretch at, int64_t n)
{
    if (at.g) {
        c->loop(c, at, n);
        return;
    }
    const int64_t piece = sizeof ZEROS / sizeof *ZEROS;
    for (int64_t from = 0; from < n; from += piece) {
        dy_stretch part = { at.w + from, ZEROS, at.v + from, at.u ? at.u + from : NULL };
        c->loop(c, part, n - from < piece ? n - from : piece);
    }
}

static bool contiguous(dy_mat m)
{
    return !m.at || m.row_stride == m.cols;
}

static float *row(dy_mat m, int64_t i)
{
    return m.at ? m.at + i * m.row_stride : NULL;
}

static void over_rows(const dy_change *c, dy_mat w, dy_mat g, dy_mat v, dy_mat u)
{
    if (contiguous(w) && contiguous(g) && contiguous(v) && contiguous(u)) {
        over_stretch(c, (dy_stretch){ w.at, g.at, v.at, u.at }, w.rows * w.cols);
        return;
    }
    for (int64_t i = 0; i < w.rows; i++)
        over_stretch(c, (dy_stretch){ row(w, i), row(g, i), row(v, i), row(u, i) }, w.cols);
}

/* Velocities of weights that get no gradient (a dead unit, a pixel always black) fade below 1e-38, where processors slow
 * down a hundredfold. So they end at 0 there. The mode is this thread's, and set only for the pass. */
static unsigned flush_subnormals(void)
{
#ifdef __SSE2__
    enum { FLUSH_RESULTS = 0x8000, ZERO_OPERANDS = 0x0040 };

    unsigned before = _mm_getcsr();
    _mm_setcsr(before | FLUSH_RESULTS | ZERO_OPERANDS);
    return before;
#else
    return 0;
#endif
}

static void restore_subnormals(unsigned before)
{
#ifdef __SSE2__
    _mm_setcsr(before);
#else
    (void)before;
#endif
}

static bool same_shape(dy_mat a, dy_mat b)
{
    return a.rows == b.rows && a.cols == b.cols && a.col_stride == 1 && b.col_stride == 1;
}

void dy_change_apply(const dy_change *change, dy_mat w, dy_mat g, const dy_mat s[2])
{
    DY_ASSERT(same_shape(w, s[0]) && (!g.at || same_shape(w, g)));
    DY_ASSERT(change->loop != adam || same_shape(w, s[1]));
    unsigned before = flush_subnormals();
    over_rows(change, w, g, s[0], s[1]);
    restore_subnormals(before);
}

enum { PARTS = 8 };

/* In eight parts folded in a fixed order, so that it is vector code and the same bits everywhere. */
DY_CLONES static double squares(const float *x, int64_t n)
{
    double parts[PARTS] = { 0 };
    int64_t whole = n / PARTS * PARTS;
    for (int64_t i = 0; i < whole; i += PARTS)
        for (int j = 0; j < PARTS; j++) parts[j] += (double)x[i + j] * (double)x[i + j];
    for (int64_t i = whole; i < n; i++) parts[i - whole] += (double)x[i] * (double)x[i];
    for (int half = PARTS / 2; half > 0; half /= 2)
        for (int j = 0; j < half; j++) parts[j] += parts[j + half];
    return parts[0];
}

double dy_optim_squares(dy_mat g)
{
    DY_ASSERT(g.col_stride == 1);
    double sum = 0;
    for (int64_t i = 0; i < g.rows; i++) sum += squares(g.at + i * g.row_stride, g.cols);
    return sum;
}

float dy_optim_shrink(const dy_optim_spec *spec, double norm)
{
    if (spec->clip_norm <= 0) return 1;
    double scale = spec->clip_norm / (norm + 1e-6);
    return scale < 1 ? (float)scale : 1;
}
