-- expect: memory
-- Tensors count against the script's memory.
local tensor = require("derny").tensor
local t = {}
for i = 1, 1000 do t[i] = tensor(1000, 1000) end
