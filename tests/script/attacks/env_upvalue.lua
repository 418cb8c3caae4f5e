-- expect: held
-- An environment that fights back.
local function f()
  local _ENV = setmetatable({}, { __index = function() error("no") end, __newindex = function() error("no") end })
  x = 1
end
assert(not pcall(f))
