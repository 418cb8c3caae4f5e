-- expect: timeout
-- Empty matches of a long text, again and again.
while true do for _ in (("x"):rep(100000)):gmatch("") do end end
