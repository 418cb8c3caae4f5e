-- expect: held
-- The module is one value and cannot be made another for require.
local derny = require "derny"
assert(require "derny" == derny)
assert(not pcall(function() derny.tensor.zeros = print end))
assert(not pcall(rawset, derny.tensor, "zeros", print))
assert(not pcall(setmetatable, derny.tensor, nil))
