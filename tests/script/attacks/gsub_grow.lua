-- expect: memory timeout
-- A substitution that doubles until memory ends.
local s = "xx"
while true do s = s:gsub(".", "%0%0") end
