/* scene.h - runs as a picture, in numbers: polylines, ticks, labels, marks.
 *
 * Pure: the same board and view give the same scene, tested without a pixel. paint.h draws it. Curves of any length
 * cost O(pixels), from the tape's ranges.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "record/board.h"
