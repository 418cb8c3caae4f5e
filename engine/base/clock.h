/* clock.h - time for limits and reports. Never the wall clock, which people set back; never seen by training.
 *
 * SPDX-License-Identifier: MIT */
#pragma once

/* Seconds since some fixed moment, the same in every process of this boot. threads: any */
double dy_now_s(void);
