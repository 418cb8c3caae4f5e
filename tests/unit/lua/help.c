/* help.c - see help.h.   SPDX-License-Identifier: MIT */
#include "help.h"

#include "learn/blas.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BOARD = 1 << 22 };

static char folder[64], file[80];
static dy_lab lab;

void make_folder(void)
{
    strcpy(folder, "/tmp/derny-test-XXXXXX");
    cr_assert(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/own.lua", folder);
    lab.out = open("/dev/null", O_WRONLY);
    cr_assert(lab.out >= 0);
    dy_blas_start();
}

void remove_folder(void)
{
    close(lab.out);
    unlink(file);
    rmdir(folder);
}

void watch_scripts(bool watched)
{
    lab.watched = watched;
}

void write_script(const char *text)
{
    FILE *out = fopen(file, "w");
    cr_assert(out);
    fputs(text, out);
    cr_assert_eq(fclose(out), 0);
}

void run_script(struct script *s, int64_t memory)
{
    static const char *const NO_FOLDERS[] = { NULL };
    *s = (struct script){ .host = { .lab = &lab,
                                    .file = file,
                                    .folder = folder,
                                    .data_folders = NO_FOLDERS,
                                    .memory_limit = memory } };
    lua_State *L = NULL;
    cr_assert(dy_board_open(&s->board, BOARD, &s->err), "%s", s->err.text);
    lab.board = s->board;
    s->opened = dy_script_open(&L, &s->host, &s->err);
    s->ok = s->opened && dy_script_run(L, &s->err);
    if (s->opened) dy_script_close(L);
    cr_expect_eq(s->host.memory_used, 0, "%d bytes are left of a script",
                 (int)s->host.memory_used);
}

void close_script(struct script *s)
{
    dy_board_close(s->board);
}

dy_run_view run_of(const struct script *s, int32_t i)
{
    dy_run_view run;
    cr_assert(i < dy_board_len(s->board) && dy_board_run(s->board, i, &run), "run %d", i);
    return run;
}

dy_status status_of(const struct script *s, int32_t i)
{
    return (dy_status)atomic_load(&run_of(s, i).outcome->status);
}
