-- expect: memory
-- One string larger than the script's memory.
local s = ("x"):rep(1 << 30)
