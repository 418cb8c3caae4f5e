-- expect: held error crash timeout
-- A __concat that grows the stack: stock 5.4.4 may use freed memory here, so the lab may die; the desk does not.
local function grow(n) if n > 0 then return grow(n - 1) + 0 end return 0 end
local mt = {}
mt.__concat = function() pcall(grow, 150000) return setmetatable({}, mt) end
local x = setmetatable({}, mt)
for _ = 1, 5 do local _ = "a" .. "b" .. x .. "c" .. x .. "d" end
