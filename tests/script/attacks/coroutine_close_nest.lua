-- expect: held error
-- Closing that closes; stock 5.4.4 overflows the C stack and dies.
local function nest(n)
  local co = coroutine.create(function()
    local x <close> = setmetatable({}, { __close = function() nest(n + 1) end })
    coroutine.yield()
  end)
  coroutine.resume(co)
  assert(coroutine.close(co))
end
local ok, why = pcall(nest, 1)
assert(not ok)
