-- expect: held
-- Recursion through C.
local function down() return (("x"):gsub(".", down)) end
assert(not pcall(down))
local function sort() table.sort({ 1, 2, 3 }, sort) end
assert(not pcall(sort))
local function loader() return load(loader) end
loader()
