-- expect: error memory
-- The same, not caught: the stack or the memory ends first.
local function down() return 1 + down() end
down()
