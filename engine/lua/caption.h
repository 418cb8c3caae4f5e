/* caption.h - what a schedule is, in words, from the lab to the desk.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/message.h"
#include "schedule/recipe.h"

/* Sends what dy_spec_describe writes of the run's schedule, cut where it is very long. */
void dy_caption_send(int fd, int32_t run, const dy_spec *spec, const dy_plan *plan);

/* false: the message is no caption. *text lies in the message. */
bool dy_caption_read(const dy_message *message, int32_t *run, const char **text);
