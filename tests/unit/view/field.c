/* field.c - typing.   SPDX-License-Identifier: MIT */
#include "view/field.h"

#include <criterion/criterion.h>
#include <string.h>

static dy_field field;

static void type(const char *text)
{
    for (; *text; text++)
        dy_field_take(&field, &(dy_input){ .kind = DY_INPUT_KEY, .key = *text });
}

static bool press(int32_t key)
{
    return dy_field_take(&field, &(dy_input){ .kind = DY_INPUT_KEY, .key = key });
}

Test(field, is_typed_into)
{
    dy_field_open(&field, "0.1");
    cr_expect(field.open && field.cursor == 3);
    type("25");
    cr_expect_str_eq(field.text, "0.125");
    press(DY_KEY_LEFT), press(DY_KEY_LEFT), press(DY_KEY_BACKSPACE);
    cr_expect_str_eq(field.text, "0.25");
    press(DY_KEY_HOME), press(DY_KEY_BACKSPACE), press(DY_KEY_LEFT);
    type("1");
    cr_expect_str_eq(field.text, "10.25");
    press(DY_KEY_DELETE);
    cr_expect_str_eq(field.text, "1.25");
    press(DY_KEY_END), press(DY_KEY_DELETE), press(DY_KEY_RIGHT);
    type("!");
    cr_expect_str_eq(field.text, "1.25!");
}

Test(field, leaves_other_keys_alone)
{
    dy_field_open(&field, "");
    cr_expect_not(press(DY_KEY_ENTER));
    cr_expect_not(press(DY_KEY_ESCAPE));
    cr_expect_not(press(0xe9));
    dy_input chord = { .kind = DY_INPUT_KEY, .key = 'z', .held = DY_HELD_CTRL };
    cr_expect_not(dy_field_take(&field, &chord));
    cr_expect_eq(field.n, 0);
}

Test(field, is_full_at_some_point)
{
    dy_field_open(&field, "");
    for (int i = 0; i < 100; i++) type("9");
    cr_expect_eq(strlen(field.text), DY_FIELD_MOST);
    dy_field_open(&field, "0123456789012345678901234567890123456789012345678901234567890");
    cr_expect_eq(field.n, DY_FIELD_MOST);
}
