/* verb.c - keys, buttons and help.   SPDX-License-Identifier: MIT */
#include "view/verb.h"

#include <criterion/criterion.h>
#include <string.h>

static dy_verb of(int32_t key, unsigned held)
{
    dy_input input = { .kind = DY_INPUT_KEY, .key = key, .held = held };
    return dy_verb_of(&input);
}

Test(verb, keys)
{
    cr_expect_eq(of(' ', 0), DY_VERB_PAUSE);
    cr_expect_eq(of('z', 0), DY_VERB_ZOOM_IN);
    cr_expect_eq(of('z', DY_HELD_SHIFT), DY_VERB_ZOOM_OUT);
    cr_expect_eq(of('z', DY_HELD_CTRL), DY_VERB_UNDO);
    cr_expect_eq(of('?', DY_HELD_SHIFT), DY_VERB_HELP, "shift is how it is typed");
    cr_expect_eq(of('?', 0), DY_VERB_HELP, "or is not");
    cr_expect_eq(of('s', DY_HELD_CTRL), DY_VERB_NONE);
    cr_expect_eq(of(DY_KEY_UP, DY_HELD_SHIFT), DY_VERB_UP_FAR);
    cr_expect_eq(of(0x3b1, 0), DY_VERB_NONE);
    dy_input input = { .kind = DY_INPUT_MOVE, .key = ' ' };
    cr_expect_eq(dy_verb_of(&input), DY_VERB_NONE);
}

Test(verb, each_has_a_name_of_its_own)
{
    for (dy_verb a = DY_VERB_NONE; a < DY_VERBS; a++)
        for (dy_verb b = DY_VERB_NONE; b < a; b++)
            cr_expect_str_neq(dy_verb_name(a), dy_verb_name(b));
    cr_expect_str_eq(dy_verb_name(DY_VERBS), "unknown");
}

/* Whether some line of the help names the key, as a word. */
static bool helps_with(const char *key)
{
    const dy_help *lines;
    int32_t n = dy_verb_help(&lines);
    for (int32_t i = 0; i < n; i++) {
        if (!lines[i].keys) continue;
        char words[64];
        snprintf(words, sizeof words, " %s ", lines[i].keys);
        char wanted[32];
        snprintf(wanted, sizeof wanted, " %s ", key);
        if (strstr(words, wanted)) return true;
    }
    return false;
}

Test(verb, every_button_s_key_does_the_same_and_is_in_the_help)
{
    dy_button buttons[DY_BUTTONS_MOST];
    dy_verb_state state = { .running = true };
    int32_t n = dy_verb_buttons(buttons, &state);
    for (int32_t i = 0; i < n; i++) {
        const char *key = buttons[i].key;
        bool shift = strncmp(key, "shift ", 6) == 0;
        int32_t code = strcmp(key, "space") == 0  ? ' '
                       : strcmp(key, "home") == 0 ? DY_KEY_HOME
                       : strcmp(key, "end") == 0  ? DY_KEY_END
                                                  : key[shift ? 6 : 0];
        cr_expect_eq((int32_t)of(code, shift ? DY_HELD_SHIFT : 0), buttons[i].id, "%s", key);
        cr_expect(strcmp(key, "?") == 0 || helps_with(key), "%s is not in the help", key);
        cr_expect(buttons[i].glyph != DY_GLYPH_NONE && buttons[i].label[0]);
    }
}

static bool stands_in(FILE *file, const char *wanted)
{
    char line[400];
    rewind(file);
    while (fgets(line, sizeof line, file))
        if (strcmp(line, wanted) == 0) return true;
    return false;
}

Test(verb, the_readme_has_the_help_s_lines)
{
    const dy_help *lines;
    int32_t n = dy_verb_help(&lines);
    FILE *file = fopen(README, "r");
    cr_assert(file);
    for (int32_t i = 0; i < n; i++) {
        const dy_help *h = &lines[i];
        char wanted[400];
        if (h->keys)
            snprintf(wanted, sizeof wanted, "| `%s` | %s | %s |\n", h->keys, h->mouse, h->does);
        else
            snprintf(wanted, sizeof wanted, "| **%s** | | |\n", h->does);
        cr_expect(stands_in(file, wanted), "%s", wanted);
    }
    fclose(file);
}

Test(verb, buttons_say_how_things_stand)
{
    dy_button buttons[DY_BUTTONS_MOST];
    dy_verb_state state = { .paused = true, .running = true, .following = true };
    int32_t n = dy_verb_buttons(buttons, &state);
    for (int32_t i = 0; i < n; i++) {
        if (buttons[i].id == DY_VERB_PAUSE)
            cr_expect(buttons[i].glyph == DY_GLYPH_PLAY &&
                      strcmp(buttons[i].label, "go on") == 0);
        cr_expect_eq(buttons[i].lit, buttons[i].id == DY_VERB_FOLLOW);
    }
    n = dy_verb_buttons(buttons, &(dy_verb_state){ 0 });
    for (int32_t i = 0; i < n; i++) {
        if (buttons[i].id == DY_VERB_PAUSE || buttons[i].id == DY_VERB_REWIND)
            cr_expect(buttons[i].off, "nothing trains");
        if (buttons[i].id == DY_VERB_RESTART || buttons[i].id == DY_VERB_SAVE)
            cr_expect_not(buttons[i].off);
    }
}
