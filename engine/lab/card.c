/* card.c - see card.h.   SPDX-License-Identifier: MIT */
#include "lab/card.h"

#include <stdio.h>

dy_card dy_card_make(const dy_race_spec *race)
{
    dy_card card = { .batch = race->batch, .seed = race->seed };
    snprintf(card.data, sizeof card.data, "%s", race->data->name);
    dy_mlp_describe(&race->model, card.model, sizeof card.model);
    dy_optim_describe(&race->optim, card.optimizer, sizeof card.optimizer);
    return card;
}
