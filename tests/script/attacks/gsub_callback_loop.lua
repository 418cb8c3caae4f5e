-- expect: timeout
-- A callback without end.
("x"):gsub(".", function() while true do end end)
