-- expect: held
-- Recursion without end is an error that can be caught.
local function down() return 1 + down() end
local ok, why = pcall(down)
assert(not ok and (why:find("stack overflow") or why == "not enough memory"))
local function pcall_down() return pcall(pcall_down) end
pcall_down()
