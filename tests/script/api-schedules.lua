-- schedule:at and schedule:keyframes, and schedules as runs follow them.
local derny = require "derny"

local function near(got, want)
  assert(math.abs(got - want) <= 1e-12 * math.max(1, math.abs(want)), ("%.17g, want %.17g"):format(got, want))
end
local function fails(want, f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok, "it did not fail: " .. want)
  assert(why:find(want, 1, true), why)
end

-- one of each, with what it gives at its first, middle and last update of 101, epochs of 10
local rows = {
  { derny.constant(0.1), 0.1, 0.1, 0.1 },
  { derny.constant { lr = 0.1 }, 0.1, 0.1, 0.1 },
  { derny.curve { { 0, 1 }, { "50%", 3, "linear" }, { "100%", 0, "cosine" } }, 1, 3, 0 },
  { derny.piecewise { boundaries = { 50 }, values = { 1, 2 } }, 1, 2, 2 },
  { derny.linear(1), 1, 0.5, 0 },
  { derny.cosine { lr = 1, final_lr = 0.5 }, 1, 0.75, 0.5 },
  { derny.polynomial { lr = 1, power = 2 }, 1, 0.25, 0 },
  { derny.geometric { lr = 1, final_lr = 0.01 }, 1, 0.1, 0.01 },
  { derny.exponential { lr = 1, gamma = 0.5, per = "1 epoch", staircase = true }, 1, 0.5 ^ 5, 0.5 ^ 10 },
  { derny.step { lr = 1, every = "2 epochs" }, 1, 0.01, 1e-5 },
  { derny.multi_step { lr = 1, milestones = { 50, 100 } }, 1, 0.1, 0.01 },
  { derny.cyclical { base_lr = 0, max_lr = 1, step_up = 50 }, 0, 1, 0 },
  { derny.cosine_restarts { lr = 1, first = 50 }, 1, 1, 1 },
  { derny.one_cycle { max_lr = 1, style = "article", base_lr = 0.1 }, 0.1, 1, 0.1 },
  { derny.warm_up { length = 50, schedule = 0.3 }, 0, 0.3, 0.3 },
  { derny.sequence { 0.1, 0.2, at = { 50 } }, 0.1, 0.2, 0.2 },
  { derny.sequence { function(t) return t.step end, derny.constant(7), at = { 51 } }, 0, 50, 7 },
  { derny.plateau { lr = 0.3 }, 0.3, 0.3, 0.3 },
  { derny.piecewise_linear { at = { 0, "50%", "100%" }, values = { 1, 3, 2 } }, 1, 3, 2 },
  { derny.inverse_time { 1, rate = 1, per = 50 }, 1, 1 / 2, 1 / 3 },
  { derny.inverse_sqrt { 1, warm_up = 1 }, 1, 51 ^ -0.5, 101 ^ -0.5 },
  { derny.rex { 1 }, 1, 2 / 3, 0 },
  { derny.tanh { 1, lower = -3, upper = 3 }, 1, 0.5, 0 },
  { derny.sigmoid { 1 }, 1, 0.5, 0 },
  { derny.flat_cosine { 1, flat = "50%" }, 1, 1, 0 },
  { derny.trapezoid { 1, warm_up = 2 }, 0.5, 1, 0 },
  { derny.wsd { 1, warm_up = 0, decay = 50 }, 1, 1, 0 },
  { derny.knee { 1, warm_up = 1, explore = 50 }, 1, 1, 0 },
  { derny.cool_down { 1, length = 50 }, 1, 1, 0 },
  { derny.scale { derny.linear(1), factor = 2 }, 2, 1, 0 },
  { derny.clip { derny.linear(1), min = 0.2, max = 0.4 }, 0.4, 0.4, 0.2 },
  { derny.shift { derny.linear(1), by = 50 }, 1, 1, 0.5 },
  { derny.staircase { derny.linear(1), every = 40 }, 1, 0.6, 0.2 },
  { derny.loop { derny.linear(1), length = 50, decay = 0.5 }, 1, 0.5, 0.25 },
  { derny.sum { derny.linear(1), 1 }, 2, 1.5, 1 },
  { derny.product { derny.linear(1), 3 }, 3, 1.5, 0 },
  { derny.min { derny.linear(1), 0.3 }, 0.3, 0.3, 0 },
  { derny.max { derny.linear(1), 0.3 }, 1, 0.5, 0.3 },
  { derny.mirror { derny.linear(1) }, 1, 0.5, 0 },
  { derny.demon { derny.linear(1) }, 1, 0.5, 0 },
  { derny.with_momentum { derny.linear(1), momentum = 0.7 }, 1, 0.5, 0 },
  { derny.curve("keys 0:1, 50:3, 100:0 cosine"), 1, 3, 0 },
  { derny.linear(1) + derny.constant(1) + 0.5, 2.5, 2, 1.5 },
  { 0.5 * derny.linear(4) / 2, 1, 0.5, 0 },
  { derny.linear(1) * derny.linear(2), 2, 0.5, 0 },
  { derny.constant { 3, steps = "30%" } >> derny.constant { 2, steps = 40 } >> 0.25, 3, 2, 0.25 },
}
for i, row in ipairs(rows) do
  local schedule = row[1]
  for j, step in ipairs { 0, 50, 100 } do
    local ok, lr, momentum = pcall(schedule.at, schedule, step, 101, 10)
    assert(ok, ("%d, %s: %s"):format(i, schedule, lr))
    local want = row[j + 1]
    assert(math.abs(lr - want) < 1e-9, ("%d, %s at %d: %.17g, want %.17g"):format(i, schedule, step, lr, want))
    assert(momentum == nil or (momentum >= 0 and momentum < 1))
  end
  assert(#schedule:keyframes(101, 10) > 0 and #tostring(schedule) > 0)
end

-- any step may be asked for, in any order; before the first and after the last as well
local line = derny.linear(1)
near(line:at(100, 101), 0)
near(line:at(25, 101), 0.75)
near(line:at(1000, 101), 0)
near((line:at(-5, 101)), line:at(-5, 101))
near(line:at(0, 1), line:at(0, 1))
fails("a run has at least 1 step", line.at, line, 0, 0)
fails("an epoch has at least 1 step", line.at, line, 0, 10, 0)
fails("number expected", line.at, line)
fails("no integer representation", line.at, line, 0.5, 10)

-- momentum where a schedule moves it
local lr, momentum = derny.one_cycle { max_lr = 1 }:at(0, 100)
near(lr, 0.04)
near(momentum, 0.95)
local two = derny.curve { keys = { { 0, 0.1 } }, momentum = { { 0, 0.5 }, { "100%", 0.9 } } }
near(select(2, two:at(99, 100)), 0.9)

-- text: keyframes say both curves, print says how it was made
assert(two:keyframes(100):find("^lr: .*\nmomentum: "))
assert(tostring(derny.one_cycle { max_lr = 0.2 }):find("one_cycle", 1, true))

-- made with care
fails("max_lr", derny.one_cycle, {})
fails("did you mean 'max_lr'?", derny.one_cycle, { max_rl = 1 })
fails("lr", derny.constant, 0 / 0)
fails("", derny.curve, { { 0, "x" } })
fails("", derny.warm_up { length = 5, schedule = function() return -1 end }.keyframes,
  derny.warm_up { length = 5, schedule = function() return -1 end }, 10)

-- a function inside another schedule is sampled before the run; alone it is asked update by update
local data = derny.data.blobs { rows = 100 }
local function train(schedule, steps)
  return derny.train { data = data, model = derny.mlp { 2, 2 }, schedule = schedule, batch = 10, steps = steps or 20, seed = 1 }
end
local asked = 0
local r = train(function(t)
  asked = asked + 1
  assert(t.step == asked - 1 and t.steps == 20 and t.epoch == t.step // 8 and t.progress == t.step / 19)
  return t.step / 10, t.step / 100
end)
assert(asked == 20)
for i = 1, 20 do assert(r.lr[i] == (i - 1) / 10 and r.momentum[i] == (i - 1) / 100) end
r = train(derny.sequence { function(t) return t.step / 10 end, 0.5, at = { 10 } })
for i = 1, 20 do assert(math.abs(r.lr[i] - (i <= 10 and (i - 1) / 10 or 0.5)) < 1e-15) end

-- what a run uses is what was seen of it before, bit for bit
for i, row in ipairs(rows) do
  local schedule = row[1]
  r = train(schedule, 101)
  for k = 1, r.updates do
    local lr, momentum = schedule:at(k - 1, 101, 8)
    assert(r.lr[k] == lr, ("%d, %s: update %d was made at %.17g, not %.17g"):format(i, schedule, k, r.lr[k], lr))
    assert(momentum == nil or r.momentum[k] == momentum)
  end
end

-- momentum: a number, a schedule, keyframes, a function
near(select(2, derny.cosine { 1, momentum = 0.7 }:at(5, 11)), 0.7)
near(select(2, derny.cosine { 1, momentum = derny.linear { 0.9, final_lr = 0.5 } }:at(5, 11)), 0.7)
near(select(2, derny.cosine { 1, momentum = { { 0, 0.9 }, { "100%", 0.5 } } }:at(5, 11)), 0.7)
near(select(2, derny.cosine { 1, momentum = function(t) return 0.9 - 0.4 * t.progress end }:at(5, 11)), 0.7)
near(select(2, derny.demon { 1 }:at(0, 11)), 0.9)
near(select(2, derny.mirror { derny.linear(1) }:at(5, 11)), 0.9)

-- a curve's text makes the curve again, momentum and all, however long it is
for _, schedule in ipairs {
  derny.one_cycle { max_lr = 1 },
  derny.cyclical { base_lr = 0.1, max_lr = 1, step_up = 7, mode = "sine2", cycle_momentum = true },
  derny.sequence { function(t) return math.sin(t.step) ^ 2 end, 0.5, at = { 900 } },
} do
  local text = schedule:keyframes(1000)
  local again = derny.curve(text)
  assert(again:keyframes(1000) == text)
  for _, step in ipairs { -5, 0, 1, 33, 500, 899, 900, 999, 2000 } do
    local lr, momentum = schedule:at(step, 1000)
    local lr2, momentum2 = again:at(step, 1000)
    assert(lr == lr2 and momentum == momentum2)
  end
end
fails("curve: text: character 6: 'x'; want a step", derny.curve("keys x").at, derny.curve("keys x"), 0, 10)
fails("curve: lr: -1 at step 0; want a finite number >= 0", derny.curve("keys 0:-1").at, derny.curve("keys 0:-1"), 0, 10)
fails("curve: both of keys and text given", derny.curve { { 0, 1 }, text = "keys 0:1" }.at, derny.curve { { 0, 1 }, text = "keys 0:1" }, 0, 10)

-- a maker is no schedule yet
fails("one of derny's own functions; want what it gives", derny.scale, { derny.cosine, factor = 2 })

-- operators
assert(tostring(derny.linear(1) + 2 + derny.linear(3)) ==
  "sum { schedules = { linear { lr = 1 }, constant { lr = 2 }, linear { lr = 3 } } }")
local steep = derny.linear(1)
for _ = 1, 40 do steep = steep + derny.linear(1) end -- one sum of 41, not 41 sums
near(steep:at(0, 10), 41)
fails("the right operand is a table; want a number, a schedule", function() return derny.linear(1) + {} end)
fails("the divisor is a userdata; want a number", function() return 1 / derny.linear(1) end)
fails("factor is inf", function() return derny.linear(1) / 0 end)

-- after the end, and before the beginning
near(derny.linear { 1, steps = 11, after = "zero" }:at(50, 100), 0)
near(derny.linear { 1, steps = 11, after = "repeat" }:at(16, 100), 0.5)
near(derny.exponential { 1, gamma = 0.5, per = 1 }:at(50, 5), 0.0625)
near(derny.trapezoid { 1, warm_up = 4 }:at(-3, 100), 0.25)
local bounded = derny.linear { 1, after = "error" }
near(bounded:at(99, 100), 0)
fails('lr: step 100, but the schedule has 100, and after = "error"', bounded.at, bounded, 100, 100)

-- one schedule for many runs, at once and after each other, feedback too
local shared = derny.plateau { lr = 0.01, patience = 0, threshold = 0.9 }
local a, b = train(shared), train(shared)
for i = 1, 20 do assert(a.lr[i] == b.lr[i]) end
assert(a.lr[20] < a.lr[1])
