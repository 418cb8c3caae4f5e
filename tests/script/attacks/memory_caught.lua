-- expect: held
-- Memory errors can be caught, and the script goes on with what it has. (The locals keep the hoard out of the registers
-- that the loop has left over, where Lua's collector would still see it.)
local function hoard()
  local _1, _2, _3, _4, _5, _6, _7, _8
  local t = {}
  while true do t[#t + 1] = ("x"):rep(1 << 20) .. #t end
end
for _ = 1, 2 do
  local ok, why = pcall(hoard)
  assert(not ok and why == "not enough memory")
end
assert(#("x"):rep(1000000) == 1000000)
