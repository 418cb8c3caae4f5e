-- expect: held
-- A chunk may call itself what it wants; it is only text in a message.
local f, why = load("x x", "@/etc/passwd\n\27[2J" .. ("y"):rep(10000))
assert(f == nil and #why < 1000)
