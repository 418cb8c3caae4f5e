-- expect: held
-- A comparison that changes what is being sorted.
local t = {}
for i = 1, 500 do t[i] = 500 - i end
table.sort(t, function(a, b)
  for i = 1, #t do t[i] = nil end
  return a < b
end)
assert(t[1] == 0 and t[500] == 499)
