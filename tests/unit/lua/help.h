/* help.h - runs a script's text against a board, for the tests of lua/.   SPDX-License-Identifier: MIT */
#pragma once
#include "lua/script.h"

/* Scripts that run from here on are watched: see dy_lab. */
void watch_scripts(bool watched);

/* A script and what it left behind. */
struct script {
    dy_board *board;
    dy_host host;
    bool opened, ok; /* the state could be made; the script came to its end */
    dy_error err;
};

/* For init and fini of each test: a folder for the script's text, called own.lua there. */
void make_folder(void);
void remove_folder(void);

/* Writes the text to own.lua. */
void write_script(const char *text);

/* Runs own.lua under a cap of `memory` bytes and closes its state; afterwards nothing of its memory may be left. The
 * board stays open. */
void run_script(struct script *s, int64_t memory);
void close_script(struct script *s);

/* Of run i on the board. */
dy_run_view run_of(const struct script *s, int32_t i);
dy_status status_of(const struct script *s, int32_t i);
