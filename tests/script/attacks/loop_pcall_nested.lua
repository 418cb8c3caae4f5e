-- expect: timeout
-- Nor by many pcalls in one another.
local function forever() while true do pcall(function() while true do end end) end end
while true do pcall(pcall, pcall, forever) end
