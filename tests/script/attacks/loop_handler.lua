-- expect: timeout
-- The same, for an ordinary error.
xpcall(error, function() while true do end end)
