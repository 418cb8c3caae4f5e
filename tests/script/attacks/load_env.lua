-- expect: held
-- A chunk sees the environment it is given, and no more.
local env = { x = 1 }
assert(load("y = x; return print", "c", "t", env)() == nil and env.y == 1 and y == nil)
assert(load("return _ENV", "c", "t", nil)() == nil)
assert(load("return _G.os or io or debug or package")() == nil)
