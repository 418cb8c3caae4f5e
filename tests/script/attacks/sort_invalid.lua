-- expect: held
-- Comparisons that are no order end, and one that throws leaves the table as it was.
local t = {}
for i = 1, 1000 do t[i] = i * 7919 % 1000 end
for _, less in ipairs { function() return true end, function() return false end, function() return math.random() < 0.5 end } do
  local u = table.move(t, 1, #t, 1, {})
  table.sort(u, less)
  assert(#u == 1000)
  local seen = {}
  for _, v in ipairs(u) do seen[v] = true end
  for _, v in ipairs(t) do assert(seen[v]) end
end
local u = table.move(t, 1, #t, 1, {})
assert(not pcall(table.sort, u, function(a, b) if a == 500 then error("no") end return a < b end))
for i = 1, #t do assert(u[i] == t[i]) end
