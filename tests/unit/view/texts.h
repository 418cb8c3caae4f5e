/* texts.h - that what a scene says can be read.   SPDX-License-Identifier: MIT */
#pragma once
#include "view/scene.h"

/* Asserts that all texts lie inside the picture, and no two on each other unless paper lies between them; that all else is at
 * places that are numbers; and that nothing can be hit outside. */
void check_texts(const dy_scene *scene, const dy_view *view);
