/* catalogue.c - every table of recipes, in the order they are listed.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <string.h>

static const dy_recipe *const TABLES[] = {
    DY_RECIPES_CORE,
    DY_RECIPES_TORCH,
    DY_RECIPES_KERAS,
    DY_RECIPES_OPTAX,
    DY_RECIPES_FASTAI,
    DY_RECIPES_IGNITE,
    DY_RECIPES_TIMM,
    DY_RECIPES_TRANSFORMERS,
    DY_RECIPES_SMITH,
    DY_RECIPES_ARTICLE,
    NULL,
};

/* The first recipe of table i, or of the next one that has any; NULL after the last table. */
static const dy_recipe *first_from(int i)
{
    while (TABLES[i] && !TABLES[i]->name) i++;
    return TABLES[i];
}

const dy_recipe *dy_recipe_next(const dy_recipe *recipe)
{
    if (!recipe) return first_from(0);
    if (recipe[1].name) return recipe + 1;
    for (int i = 0; TABLES[i]; i++)
        for (const dy_recipe *r = TABLES[i]; r->name; r++)
            if (r == recipe) return first_from(i + 1);
    return NULL;
}

const dy_recipe *dy_recipe_find(const char *name)
{
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r))
        if (strcmp(r->name, name) == 0) return r;
    return NULL;
}
