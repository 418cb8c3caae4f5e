-- expect: held
-- A walk called by hand with any state and key.
local walk, state = pairs { 1, 2, x = 3 }
walk(nil, nil)
walk(print, "x")
walk()
for _ = 1, 10 do walk({}, {}) end
assert(not pcall(pairs))
assert(not pcall(pairs, nil))
assert(not pcall(pairs, setmetatable({}, { __pairs = function() error("no") end })))
