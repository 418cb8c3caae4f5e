-- expect: memory
-- Many coroutines, each with a stack.
local t = {}
for i = 1, 1 << 40 do
  t[i] = coroutine.create(function() coroutine.yield() end)
  coroutine.resume(t[i])
end
