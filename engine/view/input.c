/* input.c - see input.h.   SPDX-License-Identifier: MIT */
#include "view/input.h"

bool dy_key_is_plain(int32_t c)
{
    return (c >= 'a' && c <= 'z') || c == ' ';
}

/* The first character of UTF-8, of those that a key of ours may be. */
static int32_t character(const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80) return s[0];
    if (s[0] >= 0xc2 && s[0] < 0xe0 && (s[1] & 0xc0) == 0x80)
        return (s[0] & 0x1f) << 6 | (s[1] & 0x3f);
    return 0;
}

int32_t dy_key_typed(const char *text)
{
    int32_t c = character(text);
    bool letter = (c >= 'A' && c <= 'Z') || dy_key_is_plain(c);
    return letter || c < ' ' || c == 0x7f ? 0 : c;
}
