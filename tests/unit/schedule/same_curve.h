/* same_curve.h - whether two curves are the same bit for bit.   SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/curve.h"

bool same_curve(const dy_curve *x, const dy_curve *y);
