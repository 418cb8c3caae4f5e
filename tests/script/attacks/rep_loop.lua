-- expect: memory
-- Many strings that together are larger.
local t = {}
for i = 1, 1000000 do t[i] = ("x"):rep(1 << 20) .. i end
