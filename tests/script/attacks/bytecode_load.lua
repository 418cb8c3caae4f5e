-- expect: held
-- Bytecode is not loaded, whatever the mode says.
for _, mode in ipairs { "b", "bt", "t" } do
  local f, why = load("\27LuaT\0\25\147\r\n\26\n\4\8\8xV", "x", mode)
  assert(f == nil and type(why) == "string")
end
local pieces = { "\27Lu", "aT\0" }
local f = load(function() return table.remove(pieces, 1) end)
assert(f == nil)
