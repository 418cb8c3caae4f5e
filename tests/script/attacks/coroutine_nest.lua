-- expect: held
-- Coroutines that resume coroutines, to the bound of the C stack.
local function nest(n)
  local ok, why = coroutine.resume(coroutine.create(function() return nest(n + 1) end))
  assert(ok, why)
end
local ok, why = pcall(nest, 1)
assert(not ok and tostring(why):find("C stack overflow"))
