-- expect: error timeout memory
-- A length that lies to a loop in C.
table.concat(setmetatable({}, { __len = function() return 1 << 60 end, __index = function() return "" end }))
