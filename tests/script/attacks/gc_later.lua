-- expect: held
-- A __gc that is set after setmetatable is never called.
local called = false
do
  local mt = {}
  for _ = 1, 100 do setmetatable({}, mt) end
  mt.__gc = function() called = true end
end
for _ = 1, 200000 do local _ = {} end
assert(not called)
