-- expect: memory timeout
-- A table that grows as it is walked.
local t = { 1 }
for _ in pairs(t) do t[#t + 1] = 1 end
