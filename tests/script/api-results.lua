-- What runs give back: fields, series, scores, seeds, and that looking at a run changes nothing.
local derny = require "derny"

local data = derny.data.blobs { rows = 250, classes = 3, inputs = 4, noise = 0.8 } -- 200 + 50: 10 updates an epoch
local function options(more)
  local t = {
    data = data, model = derny.mlp { 4, 8, 3, dropout = 0.1 }, schedule = derny.one_cycle { max_lr = 0.1 },
    batch = 20, epochs = 3, seed = 1,
  }
  for name, value in pairs(more or {}) do t[name] = value end
  return t
end

local function fails(want, f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok, "it did not fail: " .. want)
  assert(why:find(want, 1, true), why)
end

local function same(a, b)
  if #a ~= #b then return false end
  for i = 1, #a do
    if a[i] ~= b[i] then return false end
  end
  return true
end

-- fields
local r = derny.train(options { name = "fields" })
assert(r.name == "fields" and r.status == "done" and r.error == nil)
assert(r.updates == 30 and r.steps == 30 and r.epoch_steps == 10)
assert(math.type(r.updates) == "integer" and r.seconds > 0)
assert(math.abs(r.updates_per_second * r.seconds - 30) < 1e-6)
assert(tostring(r) == ("fields: done, 30 updates, test accuracy %.2f %%"):format(100 * r.test_accuracy))
assert(math.abs(r.train_loss - r.loss:mean(21, 30)) < 1e-12)
assert(derny.train(options()).name == "api-results", "a run without a name has its script's")

-- series
for _, name in ipairs { "lr", "momentum", "loss" } do
  local s = r[name]
  assert(#s == 30 and s[0] == nil and s[31] == nil and s[-1] == nil and s[math.maxinteger] == nil)
  assert(tostring(s) == name .. " of 30 updates")
  local values, sum, lo, hi = s:table(), 0, math.huge, -math.huge
  assert(#values == 30 and same(values, s))
  for _, x in ipairs(values) do
    sum, lo, hi = sum + x, math.min(lo, x), math.max(hi, x)
  end
  assert(math.abs(s:mean() - sum / 30) < 1e-12)
  local least, greatest = s:range()
  assert(least == lo and greatest == hi)
  assert(same(s:table(11, 12), { s[11], s[12] }) and s:mean(5, 5) == s[5] and select(2, s:range(7, 7)) == s[7])
  fails("bad argument", s.mean, s, 0)
  fails("bad argument", s.table, s, 1, 31)
  fails("bad argument", s.range, s, 9, 7)
  fails("number expected", s.mean, s, "x")
end
assert(r.loss.nothing == nil)
fails("", function() r.loss[1] = 0 end)
for i = 1, 30 do
  local lr, momentum = derny.one_cycle { max_lr = 0.1 }:at(i - 1, 30, 10)
  assert(r.lr[i] == lr and r.momentum[i] == momentum)
end

-- the series of a run outlive it and its result
local kept = derny.train(options()).loss
for _ = 1, 20000 do local _ = { {} } end
assert(#kept == 30 and same(kept, r.loss))

-- scores
local function steps_of(eval_every)
  local steps = {}
  local result = derny.train(options { eval_every = eval_every })
  for i, score in ipairs(result.scores) do
    steps[i] = score.step
    assert(score.loss > 0 and score.accuracy >= 0 and score.accuracy <= 1)
  end
  local last = result.scores[#result.scores]
  assert(last.loss == result.test_loss and last.accuracy == result.test_accuracy)
  return table.concat(steps, " "), result
end
local function expect_scores(eval_every, want, reference)
  local got, result = steps_of(eval_every)
  assert(got == want, got)
  assert(same(result.loss, reference.loss) and same(result.lr, reference.lr), "a score changed the run")
  assert(result.test_loss == reference.test_loss)
end
local _, reference = steps_of(nil)
expect_scores("epoch", "10 20 30", reference)
expect_scores("end", "30", reference)
expect_scores("2 epochs", "20 30", reference)
fails("want updates, \"epoch\", \"5 epochs\" or \"end\"", derny.train, options { eval_every = "1.5 epochs" })
expect_scores(1, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30", reference)
expect_scores(12, "12 24 30", reference)
fails("eval_every", derny.train, options { eval_every = 0 })
fails("eval_every", derny.train, options { eval_every = "never" })

-- seeds
assert(same(derny.train(options()).loss, reference.loss))
assert(not same(derny.train(options { seed = 2 }).loss, reference.loss))
assert(same(derny.train(options { threads = 2 }).loss, reference.loss), "threads move no bit")

-- a regression has no accuracy
local bowl = derny.data.bowl { inputs = 3, noise = 0.1 }
local b = derny.train { data = bowl, model = derny.mlp { 3, 1 }, schedule = 0.05, epochs = 2, batch = 8, seed = 1 }
assert(b.status == "done" and b.test_loss == nil and b.test_accuracy == nil and #b.scores == 0)
assert(tostring(b):find("updates$"))

-- divergence is a result
local d = derny.train(options { schedule = 1e30 })
assert(d.status == "diverged" and d.updates < 30 and #d.loss == d.updates and d.lr[1] == 1e30)
assert(d.loss[d.updates] ~= d.loss[d.updates] or d.loss[d.updates] == math.huge)
assert(d.loss:range() <= select(2, d.loss:range()), "the range is of what is finite")

-- an option table is left as it was, and may be used again
local mine = options()
derny.train(mine)
local n = 0
for _ in pairs(mine) do n = n + 1 end
assert(n == 6 and mine.batch == 20)

-- how long
assert(derny.train(options { epochs = 0.5 }).updates == 5)
local t = options { steps = 7 }
fails("epochs and steps", derny.train, t)
t.epochs = nil
assert(derny.train(t).updates == 7)
t.steps = nil
fails("how long?", derny.train, t)
t.epochs = 0
fails("epochs is 0", derny.train, t)

-- slips
fails("api-results.lua:133: derny.train: batch is 0", function() derny.train(options { batch = 0 }) end)
fails("unknown field 'epoch' (did you mean 'epochs'?)", derny.train, options { epoch = 1 })
fails("data is a number", derny.train, options { data = 3 })
fails("on_epoch is a number", derny.train, options { on_epoch = 3 })
fails("5", derny.train, options { model = derny.mlp { 5, 3 } })
fails("wants a table of options", derny.train)
local missing = options()
missing.schedule = nil
fails("schedule is missing", derny.train, missing)
