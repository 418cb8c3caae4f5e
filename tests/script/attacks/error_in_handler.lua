-- expect: held
-- A handler that fails, and one that fails in itself.
assert(not xpcall(error, error))
assert(not xpcall(error, function(m) error(m) end))
local function h() h() end
assert(not xpcall(error, h))
