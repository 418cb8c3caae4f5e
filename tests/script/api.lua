-- Prints the real API, a line each, for tests/script/api to hold against the stubs: every function of the module with
-- the options it takes (as it names them itself when given one it does not know), and every method.
local derny = require "derny"

local function options_of(f)
  local ok, message = pcall(f, { ["\1"] = 1 })
  local list = not ok and tostring(message):match("the fields are (.*)$")
  local names = {}
  for name in (list or ""):gmatch("[%w_]+") do
    names[#names + 1] = name
  end
  table.sort(names)
  return table.concat(names, " ")
end

local function functions(prefix, of)
  for name, value in pairs(of) do
    if type(value) == "function" then
      print(("%s%s: %s"):format(prefix, name, options_of(value)))
    end
  end
end

functions("derny.", derny)
for name, value in pairs(derny) do
  if type(value) == "table" then functions("derny." .. name .. ".", value) end
end
