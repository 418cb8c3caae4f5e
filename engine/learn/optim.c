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
        snprintf(decay, sizeof decay, ", %sweight decay %g", spec->decoupled ? "decoupled " : "",
                 spec->weight_decay);
    if (spec->clip_norm > 0) snprintf(clip, sizeof clip, ", clip norm %g", spec->clip_norm);
    snprintf(to, size, "%s%s%s", kind, decay, clip);
    return to;
}

int dy_optim_slots(const dy_optim_spec *spec)
{
    return spec->kind == DY_ADAM ? 2 : 1;
}

/* What the loops need of spec, pace and update: everything that is the same for all weights. */
typedef struct terms {
    float shrink, decay; /* g becomes shrink g + decay w */
    float keep;          /* w becomes keep w - change */
    float m, push;       /* v = m v + push g, change = by_v v + by_g g */
    float by_v, by_g;
    float m2, push2, root, eps; /* u = m2 u + push2 g^2, change = by_v v / (root sqrt(u) + eps) */
} terms;

typedef void loop_fn(const terms *t, float *restrict w, const float *restrict g,
                     float *restrict v, float *restrict u, int64_t n);

/* Plain heavy ball, the common case, at half the arithmetic of the general one. */
DY_CLONES static void heavy_ball(const terms *t, float *restrict w, const float *restrict g,
                                 float *restrict v, float *restrict u, int64_t n)
{
    (void)u;
    float m = t->m, lr = t->by_v;
    for (int64_t i = 0; i < n; i++) {
        v[i] = m * v[i] + g[i];
        w[i] -= lr * v[i];
    }
}

DY_CLONES static void sgd(const terms *t, float *restrict w, const float *restrict g,
                          float *restrict v, float *restrict u, int64_t n)
{
    (void)u;
    terms k = *t;
    for (int64_t i = 0; i < n; i++) {
        float slope = k.shrink * g[i] + k.decay * w[i];
        v[i] = k.m * v[i] + k.push * slope;
        w[i] = k.keep * w[i] - (k.by_v * v[i] + k.by_g * slope);
    }
}

DY_CLONES static void adam(const terms *t, float *restrict w, const float *restrict g,
                           float *restrict v, float *restrict u, int64_t n)
{
    terms k = *t;
    for (int64_t i = 0; i < n; i++) {
        float slope = k.shrink * g[i] + k.decay * w[i];
        v[i] = k.m * v[i] + k.push * slope;
        u[i] = k.m2 * u[i] + k.push2 * slope * slope;
        w[i] = k.keep * w[i] - k.by_v * v[i] / (k.root * sqrtf(u[i]) + k.eps);
    }
}

static terms common_terms(const dy_optim_spec *spec, dy_pace pace, float shrink)
{
    terms t = { .shrink = shrink, .keep = 1, .m = (float)pace.momentum };
    if (spec->decoupled)
        t.keep = (float)(1 - pace.lr * spec->weight_decay);
    else
        t.decay = (float)spec->weight_decay;
    return t;
}

/* Nesterov looks one velocity ahead: torch's change is lr (g + m v); Keras' and Caffe's m v + lr g. */
static terms sgd_terms(const dy_optim_spec *spec, dy_pace pace, float shrink)
{
    terms t = common_terms(spec, pace, shrink);
    bool caffe = spec->dialect == DY_DIALECT_CAFFE;
    double push = caffe ? pace.lr : spec->dialect == DY_DIALECT_DAMPENED ? 1 - pace.momentum : 1;
    double by_v = caffe ? 1 : pace.lr;
    t.push = (float)push;
    t.by_v = (float)(spec->nesterov ? by_v * pace.momentum : by_v);
    t.by_g = spec->nesterov ? (float)pace.lr : 0;
    return t;
}

/* Bias correction with the momentum in effect now, as torch.optim.Adam does when a schedule moves it. */
static terms adam_terms(const dy_optim_spec *spec, dy_pace pace, int64_t update, float shrink)
{
    terms t = common_terms(spec, pace, shrink);
    double count = (double)update + 1;
    t.push = (float)(1 - pace.momentum);
    t.m2 = (float)spec->beta2;
    t.push2 = (float)(1 - spec->beta2);
    t.by_v = (float)(pace.lr / (1 - pow(pace.momentum, count)));
    t.root = (float)(1 / sqrt(1 - pow(spec->beta2, count)));
    t.eps = (float)spec->eps;
    return t;
}

static bool is_plain(const terms *t)
{
    return t->shrink == 1 && t->decay == 0 && t->keep == 1 && t->push == 1 && t->by_g == 0;
}

static const float ZEROS[1024];

/* One row of n weights. Without a gradient, a stretch of zeros stands in for it. */
static void over_row(loop_fn *loop, const terms *t, float *w, const float *g, float *v, float *u,
                     int64_t n)
{
    const int64_t stretch = g ? n : (int64_t)(sizeof ZEROS / sizeof *ZEROS);
    for (int64_t from = 0; from < n; from += stretch) {
        int64_t count = n - from < stretch ? n - from : stretch;
        loop(t, w + from, g ? g + from : ZEROS, v + from, u ? u + from : NULL, count);
    }
}

static void over_rows(loop_fn *loop, const terms *t, dy_mat w, dy_mat g, const dy_mat *s)
{
    for (int64_t i = 0; i < w.rows; i++)
        over_row(loop, t, w.at + i * w.row_stride, g.at ? g.at + i * g.row_stride : NULL,
                 s[0].at + i * s[0].row_stride, s[1].at ? s[1].at + i * s[1].row_stride : NULL,
                 w.cols);
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

void dy_optim_apply(const dy_optim_spec *spec, dy_pace pace, int64_t update, float shrink,
                    dy_mat w, dy_mat g, const dy_mat s[2])
{
    DY_ASSERT(same_shape(w, s[0]) && (!g.at || same_shape(w, g)));
    DY_ASSERT(spec->kind != DY_ADAM || same_shape(w, s[1]));
    bool is_adam = spec->kind == DY_ADAM;
    terms t = is_adam ? adam_terms(spec, pace, update, shrink) : sgd_terms(spec, pace, shrink);
    loop_fn *loop = is_adam ? adam : is_plain(&t) ? heavy_ball : sgd;
    unsigned before = flush_subnormals();
    over_rows(loop, &t, w, g, s);
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
