-- expect: memory
-- A table that grows until memory ends.
local t = {}
for i = 1, 1 << 40 do t[i] = i end
