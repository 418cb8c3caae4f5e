-- expect: timeout held
-- Plain search over long almost-matches.
local s, p = ("a"):rep(8000000), ("a"):rep(4000000) .. "b"
for _ = 1, 100 do s:find(p, 1, true) end
