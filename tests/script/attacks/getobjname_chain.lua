-- expect: held error timeout
-- A long chain of moves, which the compiler's error messages walk.
local parts = {}
for i = 1, 150 do parts[i] = ("local a%d = %s"):format(i, i == 1 and "nil" or "a" .. i - 1) end
local f = load(table.concat(parts, "\n") .. "\nreturn a150.x")
assert(not pcall(f))
