-- expect: held
-- Shapes that are none.
local tensor = require("derny").tensor
for _, shape in ipairs { { 0, 1 }, { -1, 5 }, { 1 << 40, 1 << 40 }, { math.maxinteger, 2 }, { math.mininteger, math.mininteger }, { 1.5, 2 }, { 1 << 32, 1 << 32 } } do
  assert(not pcall(tensor, shape[1], shape[2]))
  assert(not pcall(tensor.zeros, shape[1], shape[2]))
  assert(not pcall(tensor.randn, shape[1], shape[2]))
end
assert(not pcall(tensor.eye, 1 << 33))
assert(not pcall(tensor.linspace, 0, 1, 1 << 50))
assert(not pcall(tensor.linspace, 0, 1, 1))
