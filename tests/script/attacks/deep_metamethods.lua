-- expect: held
-- Metamethods that call themselves, through C and not.
local t = setmetatable({}, {})
getmetatable(t).__index = function(_, k) return t[k] end
assert(not pcall(function() return t.x end))
getmetatable(t).__tostring = function() return tostring(t) end
assert(not pcall(tostring, t))
local a, b = {}, {}
setmetatable(a, { __index = b })
setmetatable(b, { __index = a })
assert(not pcall(function() return a.x end))
local s = setmetatable({}, { __lt = function(x, y) return x < y end })
assert(not pcall(function() return s < s end))
