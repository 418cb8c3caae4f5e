-- expect: memory
-- A memory error in a handler of a memory error.
local hold = {}
while true do
  xpcall(function() while true do hold[#hold + 1] = ("x"):rep(1000) .. #hold end end, function() while true do hold[#hold + 1] = {} end end)
  local _ = ("x"):rep(1 << 20) .. #hold
end
