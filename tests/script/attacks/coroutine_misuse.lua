-- expect: held
-- Coroutines used where they cannot be.
local running = coroutine.running()
assert(not coroutine.resume(running))
assert(not pcall(coroutine.close, running))
local co
co = coroutine.create(function() return coroutine.resume(co) end)
local _, ok, why = coroutine.resume(co)
assert(ok == false and why:find("non%-suspended"))
assert(coroutine.resume(co) == false)
assert(not pcall(coroutine.wrap(function() end), nil, nil) == false)
local done = coroutine.wrap(function() end)
done()
assert(not pcall(done))
assert(not pcall(coroutine.wrap, 1))
assert(not pcall(coroutine.resume, {}))
assert(coroutine.close(coroutine.create(print)))
local outer
outer = coroutine.create(function()
  local inner = coroutine.create(function() return pcall(coroutine.close, outer) end)
  local _, closed = coroutine.resume(inner)
  assert(closed == false)
end)
assert(coroutine.resume(outer))
