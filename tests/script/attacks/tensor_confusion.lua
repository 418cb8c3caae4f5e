-- expect: held
-- Methods on what is no tensor, and metamethods out of reach.
local tensor = require("derny").tensor
local t = tensor(2, 2)
for _, f in ipairs { t.get, t.set, t.row, t.col, t.slice, t.matmul, t.map, t.sum, t.min, t.transpose, t.totable } do
  assert(not pcall(f))
  assert(not pcall(f, {}))
  assert(not pcall(f, print, t))
  assert(not pcall(f, setmetatable({}, { __name = "derny.tensor" })))
end
assert(getmetatable(t) == "derny.tensor")
assert(not pcall(setmetatable, t, {}))
assert(not pcall(function() t.rows = 1000 end))
assert(not pcall(function() return t.__gc end))
for _, i in ipairs { 0, 3, -3, math.maxinteger, math.mininteger, 1.5, 0 / 0, "x" } do
  assert(not pcall(t.get, t, i, 1))
  assert(not pcall(t.set, t, 1, i, 0))
  assert(not pcall(t.slice, t, 1, i == 3 and 5 or i, 1, 2) and true)
end
