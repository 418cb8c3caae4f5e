-- require: text beside the script, once.
local one = require "require_one"
assert(one.name == "require_one" and one.two == "two" and one.runs == 1)
assert(require "require_one" == one and one.runs == 1)
assert(require "require_nothing" == true)
local ok, why = pcall(require, "require_broken")
assert(not ok and why:find("require_broken.lua:2: unexpected symbol", 1, true), why)
ok, why = pcall(require, "require_failing")
assert(not ok and why:find("require_failing.lua:2: on purpose", 1, true), why)
ok, why = pcall(require, "require_failing")
assert(not ok and why:find("on purpose", 1, true), "it is tried again")
ok, why = pcall(require, "require_cycle")
assert(not ok and why:find("it is being loaded already", 1, true), why)
