-- expect: held
-- A __tostring or __name of the wrong type is an ordinary error or is passed over.
assert(not pcall(tostring, setmetatable({}, { __tostring = function() return {} end })))
assert(not pcall(print, setmetatable({}, { __tostring = function() error {} end })))
assert(tostring(setmetatable({}, { __name = 42 })):find("table"))
