-- expect: held
-- Arithmetic at its edges.
assert(not pcall(function() return 1 // 0 end) and not pcall(function() return 1 % 0 end))
assert(math.mininteger // -1 == math.mininteger and math.mininteger % -1 == 0)
assert(not pcall(math.random, 2, 1) and not pcall(math.random, 0.5) and not pcall(math.random, 1, 2, 3))
for _ = 1, 1000 do
  local x = math.random(math.mininteger, math.maxinteger)
  assert(math.type(x) == "integer")
  assert(math.random(math.maxinteger - 1, math.maxinteger) >= math.maxinteger - 1)
end
for i = 1, 10 do math.randomseed(0 / 0, i) math.randomseed(math.huge) math.randomseed(1 << 62, -1) end
for i = math.maxinteger - 1, math.maxinteger do end
assert(not pcall(function() for _ = 1, 10, 0 do end end))
