-- expect: held error
-- The same through wrap, which closes what fails.
local function nest(n)
  local f = coroutine.wrap(function()
    local x <close> = setmetatable({}, { __close = function() nest(n + 1) end })
    error("go")
  end)
  f()
end
assert(not pcall(nest, 1))
