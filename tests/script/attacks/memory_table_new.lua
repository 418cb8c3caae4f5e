-- expect: held
-- Sizes asked for at once.
assert(not pcall(table.pack, table.unpack({}, 1, 900000)) or true)
assert(not pcall(load, "local t = {" .. ("1,"):rep(20000) .. "}", 1, {}))
local ok = pcall(function() return ("x"):rep(60 << 20), ("y"):rep(60 << 20) end)
assert(not ok)
