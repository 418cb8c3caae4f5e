-- expect: held
-- Names that are paths are refused before any file is looked at.
local names = { "../x", "/etc/passwd", "a/b", "a.b", "..", ".", "", "x\0y", "derny\0", "a b", "~", ("a"):rep(1000), "%s", "\27[31m" }
for _, name in ipairs(names) do
  local ok, why = pcall(require, name)
  assert(not ok and why:find("no module name"), why)
end
assert(not pcall(require, {}))
assert(not pcall(require))
