-- expect: held
-- Sizes beyond all memory are ordinary errors.
assert(not pcall(string.rep, "x", math.maxinteger))
assert(not pcall(string.rep, "x", 1 << 40))
assert(not pcall(string.rep, "abc", 1 << 62, "sep"))
