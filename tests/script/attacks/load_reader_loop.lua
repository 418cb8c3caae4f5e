-- expect: timeout
-- A source that never comes.
load(function() while true do end end)
