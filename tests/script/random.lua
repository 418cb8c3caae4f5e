-- math.random: bounds, streams that begin again, and enough chance.
math.randomseed(42)
local first = { math.random(), math.random(100), math.random(0) }
math.randomseed(42)
local again = { math.random(), math.random(100), math.random(0) }
for i = 1, 3 do assert(first[i] == again[i]) end
math.randomseed(42.0)
assert(math.random() == first[1])
math.randomseed(43)
assert(math.random() ~= first[1])
math.randomseed(1, 2)
local pair = math.random()
math.randomseed(1, 3)
assert(math.random() ~= pair)
math.randomseed()
local of_run = math.random()
math.randomseed()
assert(math.random() == of_run)

local counts, sum = {}, 0
for i = 1, 6 do counts[i] = 0 end
for _ = 1, 60000 do
  local die = math.random(6)
  counts[die] = counts[die] + 1
  local x = math.random()
  assert(x >= 0 and x < 1)
  sum = sum + x
end
for i = 1, 6 do assert(math.abs(counts[i] - 10000) < 500, counts[i]) end
assert(math.abs(sum / 60000 - 0.5) < 0.01)
for _ = 1, 100 do
  local x = math.random(-3, 3)
  assert(math.type(x) == "integer" and x >= -3 and x <= 3)
end
assert(math.random(7, 7) == 7)
