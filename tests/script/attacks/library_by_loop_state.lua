-- expect: held
-- What pairs and next hand to a loop is not the real table of a library.
local walk, state = pairs(string)
assert(state == string)
assert(not pcall(function() state.evil = 1 end))
assert(not pcall(rawset, state, "evil", 1))
local key = next(string)
assert(type(key) == "string" and string[key] ~= nil)
for k in walk, math do assert(string[k]) end
