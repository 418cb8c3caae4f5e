-- expect: timeout
-- Nothing, very often: a loop in C.
local _ = string.rep("", 1 << 62)
