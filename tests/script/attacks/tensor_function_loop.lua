-- expect: timeout
-- A function without end, called from C.
require("derny").tensor(2, 2, function() while true do end end)
