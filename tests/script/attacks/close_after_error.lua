-- expect: timeout
-- An endless __close while an error unwinds.
pcall(function()
  local x <close> = setmetatable({}, { __close = function() while true do end end })
  error("go")
end)
