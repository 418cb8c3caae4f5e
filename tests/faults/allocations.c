/* allocations.c - an update allocates nothing: every call for memory in the process is counted, the libraries' too.
 *
 * The program's own malloc and the like stand in front of the C library's. The first updates may still allocate (BLIS
 * fills its pools when it is first used); the 200 after them, with their scores, may not. The one exception is
 * counted apart: where BLIS is built on OpenMP it opens a parallel region for each product, even of one thread, and
 * OpenMP's runtime takes a block for each region and gives it back at its end.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "lab/session.h"
#include "learn/blas.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WARM_UP = 20, UPDATES = 200, ROWS = 300, TEST_ROWS = 100, INPUTS = 24, CLASSES = 5 };

static volatile int counting;
static volatile long calls, openmp_calls;

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-*,readability-identifier-naming): the C library's names */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *at, size_t size);
void *__libc_memalign(size_t align, size_t size);

/* NOLINTEND(bugprone-reserved-identifier,cert-*,readability-identifier-naming) */

static void count(void *caller)
{
    Dl_info info;
    if (!counting) return;
    if (dladdr(caller, &info) && strstr(info.dli_fname, "libgomp"))
        openmp_calls++;
    else
        calls++;
}

void *malloc(size_t size)
{
    count(__builtin_return_address(0));
    return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    count(__builtin_return_address(0));
    return __libc_calloc(n, size);
}

void *realloc(void *at, size_t size)
{
    count(__builtin_return_address(0));
    return __libc_realloc(at, size);
}

void *memalign(size_t align, size_t size);

void *memalign(size_t align, size_t size)
{
    count(__builtin_return_address(0));
    return __libc_memalign(align, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    count(__builtin_return_address(0));
    return __libc_memalign(align, size);
}

int posix_memalign(void **at, size_t align, size_t size)
{
    count(__builtin_return_address(0));
    *at = __libc_memalign(align, size);
    return *at ? 0 : ENOMEM;
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    count(__builtin_return_address(0));
    return (void *)syscall(SYS_mmap, at, size, protection, flags, fd, offset);
}

static void must(bool ok, const dy_error *err)
{
    if (ok) return;
    printf("wrong: %s\n", err->text);
    exit(1);
}

static void *take(dy_dataset *data, int64_t n, size_t size)
{
    dy_error err;
    void *at = dy_arena_take(&data->arena, n, size, &err);
    must(at != NULL, &err);
    return at;
}

static dy_split random_split(dy_dataset *data, int64_t rows, bool bytes, dy_rng *rng)
{
    dy_split split = { .rows = rows };
    uint8_t *as_bytes = take(data, rows * INPUTS, 1);
    float *as_floats = take(data, rows * INPUTS, sizeof *as_floats);
    int32_t *labels = take(data, rows, sizeof *labels);
    for (int64_t i = 0; i < rows * INPUTS; i++) {
        as_bytes[i] = (uint8_t)(dy_rng_below(rng, 3) ? 0 : dy_rng_below(rng, 256));
        as_floats[i] = (float)dy_rng_normal(rng);
    }
    for (int64_t i = 0; i < rows; i++) labels[i] = (int32_t)dy_rng_below(rng, CLASSES);
    split.labels = labels;
    if (bytes)
        split.bytes = as_bytes;
    else
        split.floats = as_floats;
    return split;
}

static dy_dataset random_data(bool bytes)
{
    dy_dataset data = dy_dataset_make(0);
    dy_rng rng = dy_rng_make(1, "data");
    data.inputs = INPUTS;
    data.outputs = CLASSES;
    float *scale = take(&data, INPUTS, sizeof *scale);
    for (int i = 0; i < INPUTS; i++) scale[i] = bytes ? 1.0F / 255 : 1;
    data.scale = scale;
    data.shift = take(&data, INPUTS, sizeof *data.shift);
    data.train = random_split(&data, ROWS, bytes, &rng);
    data.test = random_split(&data, TEST_ROWS, bytes, &rng);
    dy_error err;
    must(dy_dataset_check(&data, &err), &err);
    return data;
}

/* Steps `n` updates and returns the calls for memory meanwhile. */
static long calls_in(dy_session *session, int n)
{
    dy_error err;
    calls = openmp_calls = 0;
    counting = 1;
    for (int i = 0; i < n; i++) {
        bool ok = dy_session_step(session, &err);
        if (!ok || !dy_session_more(session)) counting = 0;
        must(ok, &err);
    }
    counting = 0;
    return calls;
}

static dy_spec schedule(const char *recipe, const char *name, double value)
{
    dy_spec spec = { .recipe = dy_recipe_find(recipe) };
    for (int i = 0; spec.recipe->params[i].name; i++)
        if (strcmp(spec.recipe->params[i].name, name) == 0)
            spec.args[i] = (dy_arg){ .given = true, .real = value };
    return spec;
}

/* Two lanes, one with feedback; scores fall between the updates, more than an epoch goes by, so that orders are drawn anew. */
static int check(dy_lab *lab, const dy_dataset *data, dy_optim_spec optim, const char *what)
{
    dy_spec schedules[] = { schedule("one_cycle", "max_lr", 0.01),
                            schedule("plateau", "lr", 0.01) };
    dy_entrant entrants[] = { { "one cycle", &schedules[0] }, { "plateau", &schedules[1] } };
    dy_session_spec spec = { .race = { .data = data,
                                       .model = { .n_layers = 3,
                                                  .widths = { INPUTS, 40, 30, CLASSES },
                                                  .activation = DY_RELU,
                                                  .dropout = 0.2 },
                                       .optim = optim,
                                       .batch = 32,
                                       .seed = 1,
                                       .lanes = 2,
                                       .threads = 1 },
                             .entrants = entrants,
                             .steps = WARM_UP + UPDATES + 1,
                             .eval_every = 7 };
    dy_session *session;
    dy_error err;
    must(dy_session_open(&session, lab, &spec, &err), &err);
    calls_in(session, WARM_UP);
    long n = calls_in(session, UPDATES);
    dy_session_close(session);
    printf("%s, %s: %ld calls for memory in %d updates (and OpenMP's %ld)\n", what,
           data->train.bytes ? "bytes" : "floats", n, UPDATES, openmp_calls);
    return n != 0;
}

/* Otherwise a count of 0 would say nothing. */
static int check_the_counter(void)
{
    calls = openmp_calls = 0;
    counting = 1;
    void *volatile block = malloc(100);
    FILE *volatile file =
        fopen("/dev/null", "r"); /* the C library's own malloc goes the same way */
    counting = 0;
    free(block);
    if (file) fclose(file);
    if (calls >= 2) return 0;
    printf("wrong: the counter saw %ld of 2 calls\n", calls);
    return 1;
}

int main(void)
{
    dy_lab lab = { 0 };
    dy_error err;
    dy_blas_start();
    must(dy_board_open(&lab.board, 1 << 24, &err), &err);
    int wrong = check_the_counter();
    for (int bytes = 0; bytes < 2; bytes++) {
        dy_dataset data = random_data(bytes);
        dy_optim_spec sgd = dy_sgd_defaults();
        wrong += check(&lab, &data, sgd, "sgd");
        sgd.nesterov = true;
        sgd.weight_decay = 1e-4;
        sgd.clip_norm = 1;
        wrong += check(&lab, &data, sgd, "nesterov, decay, clipping");
        sgd = dy_sgd_defaults();
        sgd.dialect = DY_DIALECT_CAFFE;
        wrong += check(&lab, &data, sgd, "caffe's sgd");
        wrong += check(&lab, &data, dy_adam_defaults(), "adam");
        dy_dataset_close(&data);
    }
    dy_board_close(lab.board);
    return wrong != 0;
}
