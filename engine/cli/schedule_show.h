/* schedule_show.h - schedules as a drawing on the terminal, with what they are in words below it.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/schedule_chart.h"

/* One drawing of all of them where colours tell them apart; else one each, to the same scale. Fails when memory is short. */
bool dy_courses_show(FILE *out, const dy_courses *courses, dy_chart_look look, dy_error *err);

/* A word in a column of `indent`, and text behind it, wrapped between words to the terminal's width. */
void dy_show_line(FILE *out, const char *word, int indent, const char *text, int columns);
