/* keeper.h - puts runs into the store as they end.
 *
 * A run is kept once it is over and until then costs nothing. When the store cannot be written, that is said once, training
 * goes on, and what is missing is tried again: at the latest at the end.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"
#include "record/crew.h"
#include "record/store.h"

typedef struct dy_keeper {
    dy_store *store; /* NULL: nothing is kept */
    dy_origin origin;
    dy_arena arena;    /* of what is known */
    int32_t done;      /* runs of the board that are kept, from the first on */
    double troubled_s; /* when the last try failed; 0: none has */
    bool failing;      /* and it was said */
} dy_keeper;

/* `store` NULL: the usual place, if there is to be one. The script's path and text go with the runs; text may be NULL. Fails when there can be no store. */
bool dy_keeper_open(dy_keeper *keeper, const char *store, const char *script, const char *text,
                    dy_error *err);

/* The finished runs of sweeps that are kept, in the order of ids; owned by the keeper. None without a store. */
bool dy_keeper_known(dy_keeper *keeper, const dy_known **known, int64_t *n, dy_error *err);

/* Keeps what is over since the last look, and gives back what points of a sweep took on the board. Fails, once for each trouble, with what is wrong. */
bool dy_keeper_look(dy_keeper *keeper, dy_board *board, double now_s, dy_error *err);

/* The last look. Fails when a run could not be kept. One that was never opened is fine. */
bool dy_keeper_close(dy_keeper *keeper, dy_board *board, dy_error *err);
