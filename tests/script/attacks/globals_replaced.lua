-- expect: held
-- A script may break its own globals, and nobody else's.
local keep, say, all = assert, print, _G
for name in pairs(all) do all[name] = nil end
keep(("%d"):format(3) == "3")
say("still here")
