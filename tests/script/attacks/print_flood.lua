-- expect: timeout
-- Prints without end are cut at 10 MB, and are no sign of life.
local line = ("x"):rep(100000)
while true do print(line) end
