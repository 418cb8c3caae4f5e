-- expect: error
-- message: setmetatable: __gc
-- __gc behind a metatable of the metatable's own is not looked up; a raw one is refused even as false.
setmetatable({}, setmetatable({}, { __index = function() return print end }))
setmetatable({}, { __gc = false })
