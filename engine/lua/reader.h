/* reader.h - one value of an argument, from the top of the stack, one function for each kind.
 *
 * Each throws where the value is none of its kind; `what` names it for the message: "values[2]".
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/schedule_value.h"

/* What a reader works on: the argument's value is on top of the stack. */
typedef struct dy_reader {
    const dy_fields *f;
    const dy_param *param;
    dy_schedule_value *schedule;
    int schedule_at;
} dy_reader;

/* `count` elements in the arena of the schedule. */
void *dy_reader_take(const dy_reader *r, int64_t count, size_t size);

double dy_read_real(const dy_reader *r, const char *what);
dy_time dy_read_time(const dy_reader *r, const char *what);
dy_timed_key dy_read_key(const dy_reader *r, const char *what);
dy_pair dy_read_pair(const dy_reader *r, const char *what);

/* Copied. */
const char *dy_read_text(const dy_reader *r, const char *what);

/* The parameter's own: a COUNT, a BOOL, the index of a CHOICE. */
double dy_read_count(const dy_reader *r);
double dy_read_truth(const dy_reader *r);
double dy_read_name(const dy_reader *r);
