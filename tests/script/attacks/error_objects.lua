-- expect: error
-- message: the error object is a table
-- An error object's __tostring is not called by the host.
error(setmetatable({}, { __tostring = function() while true do end end, __concat = error, __name = "\27[2J" }))
