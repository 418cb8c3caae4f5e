-- expect: error
-- message: gc_metamethod.lua:3: setmetatable: __gc
setmetatable({}, { __gc = function() while true do end end })
