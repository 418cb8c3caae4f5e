/* catalogue.c - every table of recipes, in the order they are listed.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <string.h>

static const dy_recipe *const TABLES[] = { DY_RECIPES_CORE, DY_RECIPES_TORCH, DY_RECIPES_KERAS,
                                           DY_RECIPES_ARTICLE };

enum { N_TABLES = sizeof TABLES / sizeof *TABLES };

/* The first recipe of table i, or of the next one that has any. */
static const dy_recipe *first_from(int i)
{
    while (i < N_TABLES && !TABLES[i]->name) i++;
    return i < N_TABLES ? TABLES[i] : NULL;
}

const dy_recipe *dy_recipe_next(const dy_recipe *recipe)
{
    if (!recipe) return first_from(0);
    if (recipe[1].name) return recipe + 1;
    for (int i = 0; i < N_TABLES; i++)
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
