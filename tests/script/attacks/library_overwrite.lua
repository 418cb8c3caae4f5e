-- expect: held
-- Libraries cannot be written, by no way of writing.
for _, name in ipairs { "string", "table", "math", "utf8", "coroutine" } do
  local lib = _G[name]
  assert(not pcall(function() lib.evil = 1 end))
  assert(not pcall(rawset, lib, "evil", 1))
  assert(not pcall(table.insert, lib, 1))
  assert(not pcall(table.move, { 1 }, 1, 1, 1, lib))
  assert(not pcall(setmetatable, lib, nil))
  assert(lib.evil == nil and rawget(lib, "evil") == nil)
  for k in pairs(lib) do
    assert(not pcall(function() lib[k] = print end))
    break
  end
end
