-- expect: held
-- No name that leads out of Lua is there, in globals or in any table or metatable that can be reached from them.
local forbidden = { "os", "io", "debug", "package", "dofile", "loadfile", "collectgarbage", "warn", "loadstring", "module", "jit", "ffi" }
for _, name in ipairs(forbidden) do assert(_G[name] == nil, name) end
local seen = {}
local function crawl(value)
  if type(value) ~= "table" or seen[value] then return end
  seen[value] = true
  for k, v in pairs(value) do
    if type(k) == "string" then
      for _, name in ipairs(forbidden) do assert(k ~= name, name) end
      assert(k ~= "dump" and k ~= "loadlib" and k ~= "searchpath" and k ~= "__gc", k)
    end
    crawl(v)
    crawl(getmetatable(v))
  end
end
crawl(_G)
crawl(require "derny")
