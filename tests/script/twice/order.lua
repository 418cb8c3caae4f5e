-- What stock Lua does differently in each run, printed.
local t = {}
for i = 1, 200 do t["key" .. i * 7919 % 1000] = i end
for k, v in pairs(t) do print(k, v) end
for k, v in next, t do print(k, v) end
local objects = {}
for i = 1, 100 do
  objects[{ i }] = true
  objects[function() return i end] = true
  objects[coroutine.create(print)] = true
end
for k in pairs(objects) do print(k, type(k) == "table" and k[1]) end
print({}, print, coroutine.running(), ("%p"):format({}), string, _G)
