-- expect: timeout
-- A message handler that never returns, where no hook runs.
local function forever() while true do end end
while true do xpcall(forever, forever) end
