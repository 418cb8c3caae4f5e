/* keeper_none.c - a build without SQLite keeps nothing; see keeper.h.   SPDX-License-Identifier: MIT */
#include "cli/keeper.h"

bool dy_keeper_open(dy_keeper *keeper, const char *store, const char *script, const char *text,
                    dy_error *err)
{
    (void)script, (void)text;
    *keeper = (dy_keeper){ 0 };
    return !store || dy_fail(err, "store %s: this Derny was built without one", store);
}

bool dy_keeper_known(dy_keeper *keeper, const dy_known **known, int64_t *n, dy_error *err)
{
    (void)keeper, (void)err;
    *known = NULL;
    *n = 0;
    return true;
}

bool dy_keeper_look(dy_keeper *keeper, dy_board *board, double now_s, dy_error *err)
{
    (void)keeper, (void)board, (void)now_s, (void)err;
    return true;
}

bool dy_keeper_close(dy_keeper *keeper, dy_board *board, dy_error *err)
{
    (void)keeper, (void)board, (void)err;
    return true;
}
