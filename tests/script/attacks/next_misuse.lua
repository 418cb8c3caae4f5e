-- expect: held
-- next with keys that are not there, and tables that change between calls.
assert(next({}) == nil and next({}, "x") == nil and next({ 1 }, 1) == nil)
assert(not pcall(next))
assert(not pcall(next, 1))
local t = { a = 1, b = 2, c = 3 }
local k = next(t)
t.a, t.b = nil, nil
assert(next(t, k) == "c")
assert(next(t, math.huge) == "c" and next(t, math.maxinteger) == "c")
for key in pairs(t) do t[key] = nil end
assert(next(t) == nil)
