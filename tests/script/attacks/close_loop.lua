-- expect: timeout
-- An endless __close.
local function open() return setmetatable({}, { __close = function() while true do end end }) end
do local x <close> = open() end
