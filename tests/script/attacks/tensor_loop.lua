-- expect: timeout
-- Arithmetic without end.
local t = require("derny").tensor(500, 500, 1)
while true do t = t + 1 end
