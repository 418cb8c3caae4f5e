/* interrupt.c - see interrupt.h.   SPDX-License-Identifier: MIT */
#include "lab/interrupt.h"

#include <stdatomic.h>
#include <stddef.h>

static const int interrupting[DY_INTERRUPTS] = { SIGINT, SIGTERM, SIGHUP };

static _Atomic int interrupts, first_interrupt;

static void on_interrupt(int signal)
{
    int none = 0;
    atomic_compare_exchange_strong(&first_interrupt, &none, signal);
    atomic_fetch_add(&interrupts, 1);
}

void dy_interrupts_listen(dy_interrupts *own)
{
    atomic_store(&interrupts, 0);
    atomic_store(&first_interrupt, 0);
    struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = SA_RESTART };
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < DY_INTERRUPTS; i++) {
        sigaction(interrupting[i], NULL, &own->before[i]);
        if (own->before[i].sa_handler != SIG_IGN) sigaction(interrupting[i], &action, NULL);
    }
}

void dy_interrupts_restore(const dy_interrupts *own)
{
    for (int i = 0; i < DY_INTERRUPTS; i++) sigaction(interrupting[i], &own->before[i], NULL);
}

int dy_interrupts_count(void)
{
    return atomic_load(&interrupts);
}

int dy_interrupts_first(void)
{
    return atomic_load(&first_interrupt);
}
