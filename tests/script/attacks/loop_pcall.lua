-- expect: timeout
-- The end cannot be caught and gone on from.
local function forever() while true do end end
while true do pcall(forever) end
