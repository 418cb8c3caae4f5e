-- expect: timeout
-- A pattern that backtracks for longer than anyone waits; no hook runs there.
local s = ("a"):rep(200)
s:match((".-"):rep(30) .. "b")
