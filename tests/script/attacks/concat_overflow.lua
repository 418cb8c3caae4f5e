-- expect: held error crash
-- The same while the C stack overflows.
local function loop() return "x" .. setmetatable({}, { __concat = loop }) .. "y" end
pcall(loop)
