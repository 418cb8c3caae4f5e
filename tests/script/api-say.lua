-- derny.say: captions as notes on the runs, now and planned; refused where they make no sense.
local derny = require "derny"
local t = { data = derny.data.blobs { rows = 40 }, model = derny.mlp { 2, 4, 2 }, batch = 16, steps = 6, seed = 1, schedule = 0.1 }

derny.say("before anything")
derny.say("at the start", { at = 0 })
derny.say("half way", { at = 3 })
t.on_epoch = function(e) derny.say("epoch " .. e.epoch) end
local r = derny.train(t)
assert(r.status == "done" and r.updates == 6)
t.on_epoch = nil
local race = derny.race { data = t.data, model = t.model, batch = 16, steps = 4, a = 0.1, b = function(now)
  if now.step == 2 then derny.say("from a schedule") end
  return 0.1
end }
assert(#race == 2 and race.a.status == "done")

local run <close> = derny.open { data = t.data, model = t.model, batch = 16, steps = 2, schedule = 0.1 }
run:step()
run:close()
derny.say("after its run") -- whose session is gone

local function fails(wanted, ...)
  local ok, message = pcall(derny.say, ...)
  assert(not ok and message:find(wanted, 1, true), message)
end
fails("string expected", {})
fails("a zero byte inside", "a\0b")
fails("unknown field 'step'", "x", { step = 3 })
fails("at is -1", "x", { at = -1 })
fails("at is missing", "x", {})
