/* theme.c - see theme.h.   SPDX-License-Identifier: MIT */
#include "view/theme.h"

enum { RUN_COLOURS = 7 };

static const dy_colour RUNS[2][RUN_COLOURS] = {
    /* blue, vermilion, bluish green, reddish purple, orange, sky blue, black */
    { 0x0072b2ff, 0xd55e00ff, 0x009e73ff, 0xcc79a7ff, 0xe69f00ff, 0x56b4e9ff, 0x2b2b2bff },
    { 0x3d9be0ff, 0xf2733aff, 0x1fc498ff, 0xe08fbcff, 0xf0b429ff, 0x8fd3ffff, 0xe8e8e8ff },
};

dy_theme dy_theme_make(bool dark)
{
    if (dark)
        return (dy_theme){
            .paper = 0x15181dff,
            .ink = 0xf0f2f5ff,
            .quiet = 0x9aa3afff,
            .axis = 0x6b7480ff,
            .grid = 0x2a2f37ff,
            .alarm = 0xff7b72ff,
            .card = 0x1e232aff,
            .rim = 0x3d4550ff,
            .lit = 0x3d9be0ff,
            .press = 0x2c333cff,
        };
    return (dy_theme){
        .paper = 0xffffffff,
        .ink = 0x1b1f24ff,
        .quiet = 0x666d76ff,
        .axis = 0x8b929aff,
        .grid = 0xe8eaedff,
        .alarm = 0xb3261eff,
        .card = 0xfbfcfdff,
        .rim = 0xc3c8ceff,
        .lit = 0x0072b2ff,
        .press = 0xe8ebefff,
    };
}

dy_colour dy_theme_run(bool dark, int32_t i)
{
    return RUNS[dark ? 1 : 0][i % RUN_COLOURS];
}

dy_dash dy_theme_dash(int32_t i)
{
    static const dy_dash DASHES[] = { DY_SOLID, DY_DASHED, DY_DOTTED };
    return DASHES[i / RUN_COLOURS % 3];
}

dy_colour dy_faded(dy_colour colour, double share)
{
    return (colour & 0xffffff00U) | (dy_colour)(share * (double)(colour & 0xffU) + 0.5);
}
