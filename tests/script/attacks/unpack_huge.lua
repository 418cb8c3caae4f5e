-- expect: held
-- More results than a stack holds.
assert(not pcall(table.unpack, {}, 1, 1 << 30))
assert(not pcall(table.unpack, {}, math.mininteger, math.maxinteger))
assert(not pcall(string.byte, ("x"):rep(10000000), 1, -1))
assert(not pcall(select, math.mininteger))
