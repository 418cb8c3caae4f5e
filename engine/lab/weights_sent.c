/* weights_sent.c - see weights_sent.h.   SPDX-License-Identifier: MIT */
#include "lab/weights_sent.h"

#include <string.h>

static int64_t bytes_of(const dy_mlp_spec *model)
{
    return dy_mlp_parameters(model) * (int64_t)sizeof(float);
}

void dy_weights_send(int fd, const dy_weights_head *head, const float *flat)
{
    dy_weights_head copy = *head;
    copy.model.given = NULL;
    dy_message_send(fd, DY_MESSAGE_WEIGHTS, (const char *)&copy, sizeof copy);
    dy_message_send(fd, DY_MESSAGE_WEIGHTS, (const char *)flat, (size_t)bytes_of(&head->model));
}

/* Whether a stranger's head describes a network at all. */
static bool sound(const dy_weights_head *head)
{
    const dy_mlp_spec *model = &head->model;
    dy_error err;
    bool known = model->n_layers >= 1 && model->n_layers <= DY_LAYERS_MAX &&
                 (unsigned)model->activation < DY_ACTIVATIONS &&
                 (unsigned)model->init < DY_INITS;
    return known && dy_mlp_check(model, &err) && memchr(head->run, '\0', sizeof head->run);
}

static void take_head(dy_weights_inbox *inbox, const dy_message *message)
{
    dy_error err;
    if (message->len == sizeof inbox->head)
        memcpy(&inbox->head, message->text, sizeof inbox->head);
    inbox->head.model.given = NULL;
    inbox->broken = message->len != sizeof inbox->head || !sound(&inbox->head);
    if (inbox->broken) return;
    inbox->bytes = bytes_of(&inbox->head.model);
    inbox->flat = dy_arena_take(&inbox->arena, inbox->bytes / (int64_t)sizeof(float),
                                sizeof(float), &err);
    inbox->broken = !inbox->flat;
}

void dy_weights_take(dy_weights_inbox *inbox, const dy_message *message)
{
    if (inbox->broken) return;
    if (inbox->bytes == 0) {
        take_head(inbox, message);
        return;
    }
    inbox->broken = (int64_t)message->len > inbox->bytes - inbox->have;
    if (inbox->broken) return;
    memcpy((char *)inbox->flat + inbox->have, message->text, message->len);
    inbox->have += (int64_t)message->len;
}

bool dy_weights_whole(const dy_weights_inbox *inbox)
{
    return !inbox->broken && inbox->bytes > 0 && inbox->have == inbox->bytes;
}
