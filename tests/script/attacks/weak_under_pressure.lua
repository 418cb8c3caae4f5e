-- expect: held error memory timeout crash
-- Weak tables and emergency collections; stock 5.4.4 has a bug there.
local mt = setmetatable({}, { __mode = "kv" })
local list = {}
for i = 1, 300000 do
  mt.__newindex = setmetatable({}, mt)
  local t = setmetatable({}, mt)
  list[i % 1000] = ("x"):rep(i % 50000)
  pcall(function() t[i] = i end)
end
