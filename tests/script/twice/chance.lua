-- Chance, sorting by chance, and equal elements, printed.
for _ = 1, 100 do print(math.random(), math.random(1000)) end
math.randomseed(3)
print(math.random(0))
local t = {}
for i = 1, 300 do t[i] = { i % 7, i } end
table.sort(t, function(a, b) return a[1] < b[1] end)
for _, v in ipairs(t) do print(v[1], v[2]) end
table.sort(t, function() return math.random() < 0.5 end)
for _, v in ipairs(t) do print(v[1], v[2]) end
print(require("derny").tensor.randn(5, 5))
