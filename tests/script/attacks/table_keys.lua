-- expect: memory timeout
-- Many keys.
local t = {}
for i = 1, 1 << 40 do t["k" .. i] = true end
