-- expect: held
-- The metatable of strings cannot be had, changed or replaced.
assert(type(getmetatable("")) == "string")
assert(not pcall(setmetatable, "", {}))
assert(not pcall(function() string.format = nil end))
assert(not pcall(function() ("x").y = 1 end))
assert(("x"):rep(3) == "xxx")
