-- expect: held
-- More than 64 KB of source in one load is refused, as a string and in pieces.
local text = ("x = 1 "):rep(20000)
assert(not load(text))
local n = 0
local f, why = load(function() n = n + 1 return "x = 1 " end)
assert(f == nil and why:find("64 KB") and n < 100000)
