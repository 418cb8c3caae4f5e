/* catalogue.c - every table of recipes, in the order they are listed.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <string.h>

/* Tables of one heading stand together. */
static const struct {
    const char *heading;
    const dy_recipe *recipes;
} TABLES[] = {
    { "Spelt out", DY_RECIPES_KEYS },
    { "Decays", DY_RECIPES_RAMP },
    { "Decays", DY_RECIPES_DECAY },
    { "Up and down once", DY_RECIPES_PHASE },
    { "Cycles", DY_RECIPES_CYCLE },
    { "Around a schedule", DY_RECIPES_AROUND },
    { "Several schedules", DY_RECIPES_SEVERAL },
    { "Momentum", DY_RECIPES_MOMENTUM },
    { "Feedback", DY_RECIPES_FEEDBACK },
    { "PyTorch", DY_RECIPES_TORCH },
    { "Keras", DY_RECIPES_KERAS },
    { "optax", DY_RECIPES_OPTAX },
    { "fastai", DY_RECIPES_FASTAI },
    { "PyTorch-Ignite", DY_RECIPES_IGNITE },
    { "timm", DY_RECIPES_TIMM },
    { "Hugging Face transformers", DY_RECIPES_TRANSFORMERS },
    { "Leslie Smith", DY_RECIPES_SMITH },
    { "The article", DY_RECIPES_ARTICLE },
};

enum { N_TABLES = sizeof TABLES / sizeof *TABLES };

/* The first recipe of table i, or of the next one that has any; NULL after the last table. */
static const dy_recipe *first_from(int i)
{
    while (i < N_TABLES && !TABLES[i].recipes->name) i++;
    return i < N_TABLES ? TABLES[i].recipes : NULL;
}

static int table_of(const dy_recipe *recipe)
{
    for (int i = 0; i < N_TABLES; i++)
        for (const dy_recipe *r = TABLES[i].recipes; r->name; r++)
            if (r == recipe) return i;
    DY_ASSERT(!"a recipe of the catalogue");
    return N_TABLES;
}

const dy_recipe *dy_recipe_next(const dy_recipe *recipe)
{
    if (!recipe) return first_from(0);
    return recipe[1].name ? recipe + 1 : first_from(table_of(recipe) + 1);
}

const char *dy_recipe_heading(const dy_recipe *recipe)
{
    return TABLES[table_of(recipe)].heading;
}

const dy_recipe *dy_recipe_find(const char *name)
{
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r))
        if (strcmp(r->name, name) == 0) return r;
    return NULL;
}
