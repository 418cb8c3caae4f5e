/* curve_forms.h - what each kind of node is called and takes: one row a kind, shared by the check and the print.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/curve.h"

/* What one of a node's numbers may be; all are finite and at most DY_CURVE_MOST in size. */
typedef enum dy_range {
    DY_RANGE_UNUSED, /* the kind has no such number */
    DY_RANGE_ANY,
    DY_RANGE_POSITIVE,
    DY_RANGE_FROM_0,
    DY_RANGE_FROM_1,
} dy_range;

typedef struct dy_node_form {
    const char *name;
    int operands; /* 0, 1 or 2 */
    bool waits;   /* its value is made from its operands' on the way back up */

    const char *names[3]; /* of a, b, c */
    dy_range ranges[3];
} dy_node_form;

extern const dy_node_form DY_NODE_FORMS[DY_NODES];

/* What d of a node has to be, by its other numbers. */
double dy_node_slope(const dy_node *node);
