/* crew.c - see crew.h: a word and a yield for each point, in a sparse file of memory.   SPDX-License-Identifier: MIT */
#include "record/crew.h"

#include "base/arena.h"

#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A point's word: 0 free, DONE, or 1 + the member that trains it. */
enum { FREE = 0, DONE = -1 };

struct point {
    _Atomic int32_t word;
    dy_yield yield;
};

struct shared {
    _Atomic int64_t announced;
    struct point points[];
};

struct dy_crew {
    dy_arena arena; /* holds this struct */
    struct shared *shared;
    int descriptor;
    int32_t member;
};

static size_t size_of(void)
{
    return sizeof(struct shared) + (size_t)DY_CREW_POINTS * sizeof(struct point);
}

static bool open_at(dy_crew **crew, int descriptor, int32_t member, dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_crew *made = dy_arena_take(&arena, 1, sizeof *made, err);
    if (!made) return false;
    void *at = mmap(NULL, size_of(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE,
                    descriptor, 0);
    if (at == MAP_FAILED) {
        dy_arena_close(&arena);
        return dy_fail(err, "cannot share a sweep between processes (%s)", strerror(errno));
    }
    *made = (dy_crew){ arena, at, descriptor, member };
    *crew = made;
    return true;
}

bool dy_crew_open(dy_crew **crew, dy_error *err)
{
    int descriptor = memfd_create("derny-crew", 0);
    if (descriptor >= 0 && ftruncate(descriptor, (off_t)size_of()) == 0 &&
        open_at(crew, descriptor, 0, err))
        return true;
    if (descriptor < 0)
        return dy_fail(err, "cannot share a sweep between processes (%s)", strerror(errno));
    close(descriptor);
    return dy_fail(err, "cannot share a sweep between processes: memory is short");
}

bool dy_crew_join(dy_crew **crew, int descriptor, int32_t member, dy_error *err)
{
    off_t size = lseek(descriptor, 0, SEEK_END);
    if (size != (off_t)size_of())
        return dy_fail(err, "descriptor %d is not the points of a sweep", descriptor);
    return open_at(crew, descriptor, member, err);
}

void dy_crew_close(dy_crew *crew)
{
    if (!crew) return;
    munmap(crew->shared, size_of());
    close(crew->descriptor);
    dy_arena arena = crew->arena;
    dy_arena_close(&arena);
}

int dy_crew_descriptor(const dy_crew *crew)
{
    return crew->descriptor;
}

int32_t dy_crew_member(const dy_crew *crew)
{
    return crew->member;
}

bool dy_crew_announce(dy_crew *crew, int64_t base, int64_t n, dy_error *err)
{
    if (n < 1 || base < 0 || n > DY_CREW_POINTS - base)
        return dy_fail(err, "%lld points; want 1 to %d in all sweeps of a script",
                       (long long)(base + n), DY_CREW_POINTS);
    int64_t known = atomic_load(&crew->shared->announced);
    while (known < base + n &&
           !atomic_compare_exchange_weak(&crew->shared->announced, &known, base + n)) {
    }
    return true;
}

int64_t dy_crew_announced(const dy_crew *crew)
{
    int64_t n = atomic_load(&crew->shared->announced);
    return n < 0 ? 0 : n < DY_CREW_POINTS ? n : DY_CREW_POINTS;
}

static struct point *point_at(const dy_crew *crew, int64_t point)
{
    DY_ASSERT(point >= 0 && point < DY_CREW_POINTS);
    return &crew->shared->points[point];
}

static dy_claim claim_of(int32_t word)
{
    return word == FREE ? DY_CLAIM_FREE : word == DONE ? DY_CLAIM_DONE : DY_CLAIM_TAKEN;
}

dy_claim dy_crew_claim(dy_crew *crew, int64_t point)
{
    int32_t word = FREE;
    bool mine =
        atomic_compare_exchange_strong(&point_at(crew, point)->word, &word, crew->member + 1);
    return mine ? DY_CLAIM_FREE : claim_of(word);
}

dy_claim dy_crew_look(const dy_crew *crew, int64_t point)
{
    return claim_of(atomic_load_explicit(&point_at(crew, point)->word, memory_order_acquire));
}

void dy_crew_settle(dy_crew *crew, int64_t point, const dy_yield *yield)
{
    struct point *p = point_at(crew, point);
    p->yield = *yield;
    atomic_store_explicit(&p->word, DONE, memory_order_release);
}

dy_yield dy_crew_yield(const dy_crew *crew, int64_t point)
{
    dy_yield yield = point_at(crew, point)->yield;
    yield.id[sizeof yield.id - 1] = '\0';
    yield.why[sizeof yield.why - 1] = '\0';
    return yield;
}

int64_t dy_crew_bury(dy_crew *crew, int32_t member, const char *why)
{
    int64_t n = dy_crew_announced(crew), buried = 0;
    double none = (double)NAN;
    dy_yield yield = {
        .status = DY_FAILED, .train_loss = none, .test_loss = none, .test_accuracy = none
    };
    snprintf(yield.why, sizeof yield.why, "%s", why);
    for (int64_t i = 0; i < n; i++) {
        if (atomic_load(&point_at(crew, i)->word) != member + 1) continue;
        dy_crew_settle(crew, i, &yield);
        buried++;
    }
    return buried;
}

int64_t dy_crew_done(const dy_crew *crew, int64_t n, int64_t *failed)
{
    int64_t done = 0;
    *failed = 0;
    for (int64_t i = 0; i < n && i < DY_CREW_POINTS; i++) {
        if (dy_crew_look(crew, i) != DY_CLAIM_DONE) continue;
        done++;
        *failed += point_at(crew, i)->yield.status == DY_FAILED;
    }
    return done;
}

static int by_id(const void *id, const void *known)
{
    return strcmp(id, ((const dy_known *)known)->id);
}

const dy_yield *dy_known_find(const dy_known *known, int64_t n, const char *id)
{
    const dy_known *found = n > 0 ? bsearch(id, known, (size_t)n, sizeof *known, by_id) : NULL;
    return found ? &found->yield : NULL;
}
