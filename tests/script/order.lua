-- pairs, next and sort: the order that every run has.
local function keys(t)
  local list = {}
  for k in pairs(t) do list[#list + 1] = tostring(k) end
  return table.concat(list, " ")
end
local function keys_by_next(t)
  local list = {}
  for k in next, t do list[#list + 1] = tostring(k) end
  return table.concat(list, " ")
end

local cases = {
  { {}, "" },
  { { 5, 6, 7 }, "1 2 3" },
  { { z = 1, a = 1, M = 1, ["a\0b"] = 1, [""] = 1, ["\xff"] = 1 }, " M a a\0b z \xff" },
  { { [3] = 1, [1] = 1, [100] = 1, [-1] = 1, [0] = 1, [1.5] = 1, [-0.5] = 1, [math.huge] = 1 }, "1 3 100 -1 -0.5 0 1.5 inf" },
  { { [true] = 1, [false] = 1, x = 1, 1 }, "1 x false true" },
  { { [math.maxinteger] = 1, [math.mininteger] = 1, [2^53] = 1, [1e300] = 1 }, "9007199254740992 9223372036854775807 -9223372036854775808 1e+300" },
}
for _, case in ipairs(cases) do
  assert(keys(case[1]) == case[2], keys(case[1]))
  assert(keys_by_next(case[1]) == case[2], keys_by_next(case[1]))
end

-- objects as keys come last, the same way each time
local objects = { x = 1 }
for i = 1, 20 do objects[{}] = i end
assert(keys(objects) == keys_by_next(objects) and keys(objects):sub(1, 2) == "x ")

-- removing while walking: what is gone is passed over
local t = {}
for i = 1, 100 do t[i], t["k" .. i] = i, i end
local n = 0
for k in pairs(t) do
  n = n + 1
  t[k] = nil
  if k == 10 then for i = 11, 50 do t[i] = nil end end
end
assert(n == 160 and next(t) == nil)

-- walks may nest, also over one table
local u = { a = 1, b = 2, c = 3 }
local pairs_seen = 0
for _ in pairs(u) do for _ in pairs(u) do pairs_seen = pairs_seen + 1 end end
for _ in next, u do for _ in next, u do pairs_seen = pairs_seen + 1 end end
assert(pairs_seen == 18)

-- next after a change
local v = { a = 1, c = 3 }
assert(next(v) == "a")
v.b = 2
assert(next(v, "a") == "b" and next(v, "b") == "c" and next(v, "c") == nil)

-- __pairs is heard
local seen = {}
for k, x in pairs(setmetatable({}, { __pairs = function() return function(_, i) i = i + 1 if i <= 3 then return i, i * i end end, nil, 0 end })) do seen[k] = x end
assert(#seen == 3 and seen[3] == 9)

-- sort: right, stable, with either kind of comparison, on every size
for size = 0, 70 do
  local list, records = {}, {}
  for i = 1, size do
    list[i] = math.random(-20, 20)
    records[i] = { key = list[i] // 5, place = i }
  end
  table.sort(list)
  for i = 2, size do assert(list[i - 1] <= list[i]) end
  table.sort(records, function(a, b) return a.key > b.key end)
  for i = 2, size do
    local a, b = records[i - 1], records[i]
    assert(a.key > b.key or (a.key == b.key and a.place < b.place))
  end
end
local words = { "b", "a", "C", "" }
table.sort(words)
assert(table.concat(words, ",") == ",C,a,b")
assert(not pcall(table.sort, { 1, "x" }))
assert(not pcall(table.sort, { 1, 2 }, 3))
assert(not pcall(table.sort))
local through = setmetatable({}, { __len = function() return 3 end, __index = function(_, i) return 4 - i end })
table.sort(through)
assert(rawget(through, 1) == 1 and rawget(through, 3) == 3)
