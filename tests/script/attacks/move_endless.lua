-- expect: timeout
-- A length that lies to a loop in C, with no Lua function in it.
table.move({}, 1, 1 << 60, 2)
