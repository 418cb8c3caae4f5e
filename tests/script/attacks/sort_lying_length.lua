-- expect: held
-- Lengths that lie to sort.
local lie = function(n) return setmetatable({}, { __len = function() return n end }) end
assert(not pcall(table.sort, lie(1 << 40)))
assert(not pcall(table.sort, lie((1 << 31) - 2)))
assert(not pcall(table.sort, lie(1000)))
assert(not pcall(table.sort, lie("x")))
table.sort(lie(-5))
