/* film.h - pictures one after the other: as numbered PNGs in a folder, and through ffmpeg as a film.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/paint.h"

typedef struct dy_film dy_film;

/* Makes the folder (NULL: no PNGs) and starts ffmpeg (movie NULL: none). Fails when the folder cannot be made or has frames
 * already, and when there is no ffmpeg; says what to do. */
bool dy_film_open(dy_film **film, const char *folder, const char *movie, dy_error *err);

/* Adds a picture. All of a film are as large as the first; another size is an internal error. Fails when it cannot be written; the
 * film then takes no more. */
bool dy_film_add(dy_film *film, const dy_scene *scene, dy_error *err);

int64_t dy_film_len(const dy_film *film);

/* Waits for ffmpeg to finish. NULL is fine. Fails when it has not made a film. */
bool dy_film_close(dy_film *film, dy_error *err);
