-- expect: held
-- Binary formats.
assert(not pcall(string.pack, "i17", 1))
assert(not pcall(string.unpack, "s8", ("\255"):rep(16)))
assert(not pcall(string.unpack, "z", "abc"))
assert(not pcall(string.unpack, "i4", "abcd", math.maxinteger))
pcall(string.packsize, ("c" .. math.maxinteger):rep(3))
pcall(string.packsize, "!16 d !8 c2147483640 j")
