-- The libraries a script has, and what of them is Derny's own.
local function names(t)
  local list = {}
  for k in pairs(t) do list[#list + 1] = k end
  return table.concat(list, " ")
end
assert(names(coroutine) == "close create isyieldable resume running status wrap yield")
assert(names(table) == "concat insert move pack remove sort unpack")
assert(names(utf8) == "char charpattern codepoint codes len offset")
assert(names(string) == "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper")
assert(#names(math) > 100 and math.pi > 3)
assert(names(_G) == "_G _VERSION assert coroutine error getmetatable ipairs load math next pairs pcall print rawequal rawget "
  .. "rawlen rawset require select setmetatable string table tonumber tostring type utf8 xpcall")
assert(derny == nil and type(require "derny") == "table")

-- text of values: numbers in the order of being shown, no addresses
local t = {}
local number = tonumber(tostring(t):match("^table: (%d+)$"))
assert(tostring(t) == "table: " .. number and tostring({}) == "table: " .. number + 1)
assert(("%s"):format(t) == tostring(t) and ("%p"):format(t) == "0x" .. number)
assert(tostring(print):find("^function: %d+$") and tostring(coroutine.create(print)):find("^thread: %d+$"))
assert(tostring(setmetatable({}, { __name = "thing" })):find("^thing: %d+$"))
assert(tostring(setmetatable({}, { __tostring = function() return "T" end })) == "T")
assert(tostring(1) == "1" and tostring(1.0) == "1.0" and tostring(nil) == "nil" and tostring(true) == "true")
assert(("%5.1f|%d|%s|%q|%%|%-4s|%x"):format(1.25, 2, "s", "q", "l", 255) == "  1.2|2|s|\"q\"|%|l   |ff")

-- load
assert(load("return ...", "name")(7) == 7)
assert(load(function() return nil end)() == nil)
local pieces = { "return ", "1 ", "+ 1" }
assert(load(function() return table.remove(pieces, 1) end)() == 2)
assert(select(2, load("x =", "=own")) == "own:1: unexpected symbol near <eof>")
assert(load("return x", "c", "t", { x = 3 })() == 3)
assert(load("return 1", "c", "bt")() == 1)
assert(select(2, load("return 1", "c", "b")):find("only text"))
assert(select(2, load(function() error("mine", 0) end)) == "mine")
assert(select(2, load(function() return {} end)):find("must return strings"))

-- protected calls, also across yields
assert(select("#", pcall(function() return 1, nil, 3, nil end)) == 5)
local ok, why = pcall(error, { code = 1 })
assert(not ok and why.code == 1)
assert(not pcall(pcall))
assert(select(2, xpcall(error, function(m) return "handled " .. m end, "x")) == "handled x")
assert(select("#", xpcall(function(...) return ... end, print, 1, nil, nil)) == 4)
local co = coroutine.wrap(function()
  local good, got = pcall(function() return coroutine.yield("in pcall") end)
  local bad, message = xpcall(function() error(coroutine.yield("in xpcall"), 0) end, function(m) return m .. "!" end)
  return good, got, bad, message
end)
assert(co() == "in pcall" and co("sent") == "in xpcall")
local good, got, bad, message = co("thrown")
assert(good and got == "sent" and not bad and message == "thrown!")

-- coroutines
local walker = coroutine.wrap(function(...) for i = 1, select("#", ...) do coroutine.yield((select(i, ...))) end end)
assert(walker(1, 2) == 1 and walker() == 2)
local inner = coroutine.create(function() error("inside") end)
assert(select(2, coroutine.resume(inner)):find("library.lua:%d+: inside") and coroutine.status(inner) == "dead")
assert(select(2, coroutine.resume(inner)) == "cannot resume dead coroutine")
local closed = false
local open = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() closed = true end })
  coroutine.yield()
end)
coroutine.resume(open)
assert(coroutine.close(open) and closed and coroutine.status(open) == "dead")
local wrong = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() error("closing", 0) end })
  coroutine.yield()
end)
coroutine.resume(wrong)
local was, reason = coroutine.close(wrong)
assert(was == false and reason == "closing")

-- raw access
local raw = setmetatable({}, { __index = function() return 1 end, __newindex = function() end })
rawset(raw, "x", 2)
assert(rawget(raw, "x") == 2 and rawget(raw, "y") == nil and rawget(math, "pi") == math.pi)
