-- derny.tensor: making, looking, calculating, and each message once.
local tensor = require("derny").tensor

local function fails(want, f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok, "it did not fail: " .. want)
  assert(why:find(want, 1, true), why)
end

-- making
local a = tensor { { 1, 2, 3 }, { 4, 5, 6 } }
assert(a.rows == 2 and a.cols == 3 and #a == 2 and a:get(2, 3) == 6)
assert(tensor { 1, 2, 3 } == tensor { { 1, 2, 3 } })
assert(tensor(2, 2) == tensor.zeros(2, 2) and tensor(2, 2, 1) == tensor.ones(2, 2))
assert(tensor(2, 3, function(i, j) return 3 * (i - 1) + j end) == a)
assert(tensor.eye(2) == tensor { { 1, 0 }, { 0, 1 } })
assert(tensor.linspace(0, 1, 5) == tensor { 0, 0.25, 0.5, 0.75, 1 })
assert(tensor(a:totable()) == a)
fails("0 x 0 is no shape", tensor, {})
fails("tensor: row 2 has 1 numbers; row 1 has 2", tensor, { { 1, 2 }, { 3 } })
fails("tensor: row 2 is a number; want a table of numbers", tensor, { { 1 }, 2 })
fails("tensor: row 1, column 2 is a string; want a number", tensor, { { 1, "2" } })
fails("tensor: row 1, column 1 is a nil; want a number", tensor, 1, 1, function() end)
fails("-1 x 2 is no shape", tensor, -1, 2)
fails("number expected", tensor, "x")

-- looking and changing
a:set(1, 1, 10)
assert(a:get(1, 1) == 10 and a:get(-2, -3) == 10)
a:set(1, 1, 1)
assert(a:row(2) == tensor { 4, 5, 6 } and a:row(-1) == a:row(2) and a:col(2) == tensor { { 2 }, { 5 } })
assert(a:slice(1, 2, 2, 3) == tensor { { 2, 3 }, { 5, 6 } } and a:slice(2, -1) == a:row(2))
local part = a:row(1)
part:set(1, 1, 99)
assert(a:get(1, 1) == 1, "a part is a copy")
fails("tensor: there is no row 3; there are 2", a.get, a, 3, 1)
fails("tensor: there is no column 0; there are 3", a.get, a, 1, 0)
fails("a slice ends before it begins", a.slice, a, 2, 1)
fails("tensor: there is no field 'shape'", function() return a.shape end)
fails("tensor: cannot be indexed by a number", function() return a[1] end)
fails("fields cannot be set", function() a.rows = 3 end)
fails("libraries are read-only", function() tensor.mine = 1 end)

-- calculating
local b = tensor { { 6, 5, 4 }, { 3, 2, 1 } }
assert(a + b == tensor(2, 3, 7) and a - a == tensor.zeros(2, 3))
assert(a * 2 == a + a and 2 * a == a * 2 and a / 2 == a * 0.5 and -a == 0 - a and a ^ 2 == a * a)
assert(a + tensor { 10, 20, 30 } == tensor { { 11, 22, 33 }, { 14, 25, 36 } })
assert(a + tensor { { 10 }, { 20 } } == tensor { { 11, 12, 13 }, { 24, 25, 26 } })
assert(tensor { { 1 }, { 2 } } * tensor { 3, 4 } == tensor { { 3, 4 }, { 6, 8 } })
assert(a ~= b and a ~= a:transpose() and a:transpose():transpose() == a)
assert(a:matmul(tensor { { 1, 0 }, { 0, 1 }, { 1, 1 } }) == tensor { { 4, 5 }, { 10, 11 } })
assert(a:matmul(tensor.eye(3)) == a)
assert(a:map(function(x) return x * x end) == a * a)
assert(a:sum() == 21 and a:mean() == 3.5 and a:min() == 1 and a:max() == 6 and (-a):max() == -1)
local nan = tensor { 1, 0 / 0, 2 }
assert(nan:min() ~= nan:min() and nan:max() ~= nan:max() and nan ~= nan + 0)
fails("tensor: 2 x 3 times 2 x 3: inner sizes 3 and 2 differ", a.matmul, a, b)
fails("tensor: 2 x 3 + 3 x 2", function() return a + a:transpose() end)
fails("cannot calculate with a string", function() return a + "1" end)
fails("map's function returned a nil", a.map, a, function() end)
fails("derny.tensor expected", a.matmul, a, 3)

-- a larger product against the definition
math.randomseed(7)
local x, y = tensor.randn(17, 33), tensor.randn(33, 19)
local z = x:matmul(y)
for i = 1, 17 do
  for j = 1, 19 do
    local sum = 0
    for k = 1, 33 do sum = sum + x:get(i, k) * y:get(k, j) end
    assert(math.abs(z:get(i, j) - sum) < 1e-4)
  end
end
local sample = tensor.randn(100, 100)
assert(math.abs(sample:mean()) < 0.05 and math.abs((sample * sample):mean() - 1) < 0.05)
local flat = tensor.rand(100, 100)
assert(flat:min() >= 0 and flat:max() <= 1 and math.abs(flat:mean() - 0.5) < 0.02)

-- text
assert(tostring(tensor { { 1, 2.5 }, { -3, 1e10 } }) == "tensor 2 x 2\n           1        2.5\n          -3      1e+10")
assert(tostring(tensor(20, 20)):find("^tensor 20 x 20\n") and tostring(tensor(20, 20)):find("...", 1, true))
