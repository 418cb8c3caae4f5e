-- expect: timeout
-- Compiling without end.
local text = "return " .. ("x or "):rep(13000) .. "x"
while true do load(text) end
