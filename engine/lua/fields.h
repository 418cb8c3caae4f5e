/* fields.h - strict option tables: every field known, every value of its type, every mistake named where it was made.
 *
 * A binding lists the fields it takes in a static table; dy_fields_open looks at the script's table once, refuses
 * fields that are not listed ("unknown field 'momentun' (did you mean 'momentum'?)"), and the getters below
 * read and check one field each. All errors are thrown at the script's line, prefixed with the function's name.
 * Getters hold nothing; call them all before anything is opened.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <lua.h>

#include <stdint.h>

typedef struct dy_fields {
    lua_State *L;
    int at;           /* absolute stack index of the option table */
    const char *what; /* "derny.train": for messages */
} dy_fields;

/* The table at `index`, with no string key outside `names` (NULL-terminated) and, unless `positional`, no other keys. */
dy_fields dy_fields_open(lua_State *L, int index, const char *what, const char *const *names,
                         bool positional);

/* Throws "what: message" at the script's line. */
_Noreturn void dy_fields_fail(const dy_fields *f, const char *format, ...) DY_PRINTF(2, 3);

bool dy_fields_has(const dy_fields *f, const char *name);

/* Pushes the field's value (nil if absent) and returns its type. */
int dy_fields_push(const dy_fields *f, const char *name);

/* The value, or `preset` where the field is absent; a value outside least..most is an error that says so.
 * With NAN (or INT64_MIN) as preset, absence is an error: "lr is missing". */
double dy_field_real(const dy_fields *f, const char *name, double preset, double least,
                     double most);
int64_t dy_field_count(const dy_fields *f, const char *name, int64_t preset, int64_t least,
                       int64_t most);
bool dy_field_bool(const dy_fields *f, const char *name, bool preset);

/* One of `choices` (NULL-terminated), as its index. preset -1: must be given. */
int dy_field_choice(const dy_fields *f, const char *name, int preset,
                    const char *const *choices);

/* The string, borrowed from the table; NULL preset and absent: NULL. Refuses strings with a NUL inside. */
const char *dy_field_text(const dy_fields *f, const char *name, const char *preset);
