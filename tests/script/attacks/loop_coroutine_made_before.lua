-- expect: timeout
-- Coroutines that were there before the end was called take their turns.
local list = {}
for i = 1, 10 do
  list[i] = coroutine.wrap(function() while true do coroutine.yield() end end)
end
while true do
  for i = 1, 10 do pcall(list[i]) end
end
