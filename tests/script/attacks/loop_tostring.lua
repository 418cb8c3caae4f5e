-- expect: timeout
-- A __tostring without end.
print(setmetatable({}, { __tostring = function() while true do end end }))
