-- Keys that are objects, while others come and go and are collected.
local keep = {}
for i = 1, 20000 do
  local junk = {}
  for j = 1, i % 13 do junk["k" .. j] = { j } end
  if i % 100 == 0 then keep[{ i }] = function() return junk end end
end
for k in pairs(keep) do print(k, k[1]) end
