-- The learning-rate range test: what it finds, that it touches nothing, what it refuses.
local derny = require "derny"

local function near(x, y, tolerance)
  assert(math.abs(x - y) <= (tolerance or 1e-9) * math.max(1, math.abs(y)), ("%s, not %s"):format(x, y))
end

local function fails(want, f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok, "it did not fail: " .. want)
  assert(why:find(want, 1, true), why)
end

local function setup(more)
  local t = { data = derny.data.mnist1d(), model = derny.mlp { 40, 100, 10 }, batch = 64, seed = 1 }
  for name, value in pairs(more or {}) do t[name] = value end
  return t
end

-- What is found on MNIST-1D. Measured: one cycle with a peak of 0.1 to 0.4 trains best, 2 diverges.
local found = derny.find_lr(setup())
assert(found.valley > 0.005 and found.valley < 0.05)
assert(found.steepest > 0.05 and found.steepest < 0.6)
assert(found.minimum > 0.02 and found.minimum < 0.15)
assert(found.slide > 0.01 and found.slide < 0.15)
assert(found.diverges > 0.4 and found.diverges < 2.5)
assert(not found.trial and not found.best and not found.winner)

-- the curves, over the same rates
assert(#found.lr == #found.loss and #found.lr <= 100 and found.lr[1] == 1e-6)
near(found.lr[100] or found.lr[#found.lr], 1e-6 * 1e7 ^ ((#found.lr - 1) / 99), 1e-9)
for i = 1, #found.lr do
  assert(found.least[i] <= found.lower[i] and found.lower[i] <= found.upper[i])
  assert(found.upper[i] <= found.greatest[i])
  assert(found.least[i] <= found.loss[i] + 1e-12 and found.loss[i] <= found.greatest[i] + 1e-12)
end

-- each seed, and the spread over them
assert(#found.seeds == 5)
local valleys, first = {}, {}
for k, seed in ipairs(found.seeds) do
  assert(seed.seed == k and #seed.lr == #seed.loss and #seed.smooth == #seed.loss)
  near(seed.smooth[1], seed.loss[1])
  near(seed.smooth[2], (0.98 * seed.loss[1] + seed.loss[2]) / 1.98, 1e-6)
  valleys[k] = seed.valley
  assert(not first[seed.loss[1]], "weights and batches of its own")
  first[seed.loss[1]] = true
end
table.sort(valleys)
near(found.valley, valleys[3])
near(found.spread.valley.least, valleys[1])
near(found.spread.valley.greatest, valleys[5])
assert(found.spread.valley.seeds == 5 and found.spread.diverges.seeds == 5)

-- it prints well
local text = tostring(found)
assert(text == found.summary and not text:find("\n$"))
assert(text:find("^lr range test: 1e%-06 to 10 in 100 updates, 5 seeds\n"), text)
for _, word in ipairs { "valley", "steepest", "minimum", "slide", "diverges", "over the seeds" } do
  assert(text:find(word, 1, true), text)
end
assert(not text:find("[ \t]\n"), "blanks at the end of a line")

-- the same again is the same; another seed is another
local again = derny.find_lr(setup())
for k = 1, 5 do
  for i = 1, #found.seeds[k].loss do assert(found.seeds[k].loss[i] == again.seeds[k].loss[i]) end
end
assert(derny.find_lr(setup { seed = 9 }).seeds[1].loss[1] ~= found.seeds[1].loss[1])

-- In the middle of a run it changes no bit of it, nor of the next one, nor of the script's random numbers.
local function losses(disturb)
  math.randomseed(3)
  local list = {}
  local run <close> = derny.open(setup { schedule = derny.one_cycle { max_lr = 0.2 }, steps = 40 })
  while run:more() do
    list[#list + 1] = run:step()
    if run.updates == 17 then disturb() end
  end
  list[#list + 1] = math.random()
  return list
end
local undisturbed = losses(function() end)
local disturbed = losses(function() derny.find_lr(setup { seeds = 2, steps = 40, try = 10 }) end)
for i = 1, #undisturbed do assert(undisturbed[i] == disturbed[i], i) end

-- From where an open run stands, on copies: its first loss is the run's next one, and the run goes on as if nothing had been.
local within
local disturbed_again = losses(function() end)
do
  math.randomseed(3)
  local run <close> = derny.open(setup { schedule = derny.one_cycle { max_lr = 0.2 }, steps = 40 })
  for i = 1, 17 do run:step() end
  within = run:find_lr { seeds = 2, steps = 60, from = 1e-4 }
  assert(within.seeds[1].seed == 1 and within.seeds[1].loss[1] == undisturbed[18])
  assert(within.seeds[2].loss[1] ~= within.seeds[1].loss[1], "other batches")
  for i = 18, 40 do assert(run:step() == undisturbed[i] and undisturbed[i] == disturbed_again[i]) end
  fails("unknown field 'data'", run.find_lr, run, { data = 1 })
  assert(run:find_lr { seeds = 1 }.lr[1] == 1e-6)
end
assert(within.diverges and within.seeds[1].loss[1] < 2.3, "the network has learnt something by then")

-- a linear one, from and to, one seed
local linear = derny.find_lr(setup { from = 0.01, to = 0.5, steps = 50, spacing = "linear", seeds = 1 })
assert(#linear.lr == 50 and linear.lr[1] == 0.01 and linear.lr[50] == 0.5)
near(linear.lr[2] - linear.lr[1], 0.49 / 49)
assert(not linear.diverges and not tostring(linear):find("over the seeds"))
assert(tostring(linear):find("linear, 1 seed", 1, true) and tostring(linear):find("diverges  never", 1, true))
assert(linear.valley == linear.seeds[1].valley)

-- without smoothing the smoothed loss is the loss
local raw = derny.find_lr(setup { smoothing = 0, seeds = 1 })
for i = 1, #raw.seeds[1].loss do near(raw.seeds[1].smooth[i], raw.seeds[1].loss[i]) end

-- stop: later, or never but at what is not finite
assert(#derny.find_lr(setup { seeds = 1, stop = 1.05 }).lr < #derny.find_lr(setup { seeds = 1, stop = 50 }).lr)
assert(#derny.find_lr(setup { seeds = 1, stop = math.huge, to = 1 }).lr == 100)
local broken = derny.find_lr(setup { seeds = 2, from = 1e20, to = 1e30, stop = math.huge })
assert(#broken.lr < 10 and not broken.valley and broken.diverges)
assert(tostring(broken):find("valley    none", 1, true), tostring(broken))

-- The trial: a one cycle with each suggestion, paired by seed; on this data the steepest wins against the valley.
local tried = derny.find_lr(setup { try = 200, seeds = 3 })
assert(#tried.trial == 4 and tried.trial.steps == 200 and tried.trial.by == "test accuracy")
local wins, best = 0, tried.trial[1]
for i, rider in ipairs(tried.trial) do
  assert(rider.pick == ({ "valley", "steepest", "minimum", "slide" })[i])
  assert(rider.max_lr == tried[rider.pick] and rider.done == 3 and rider.std >= 0)
  assert(rider.mean > 0.1 and rider.mean < 1)
  wins = wins + rider.wins
  if rider.mean > best.mean then best = rider end
end
assert(wins >= 3 and tried.winner == best.pick and tried.best == best.max_lr and tried.winner ~= "valley")
assert(tostring(tried):find("each tried in a one cycle of 200 updates", 1, true))
assert(tostring(tried):find("<- best", 1, true) and tostring(tried):find("±", 1, true))
-- the same numbers as such a run of one's own
local own = derny.train(setup { seed = 2, schedule = derny.one_cycle { max_lr = tried.steepest }, steps = 200, eval_every = "end" })
local second = derny.find_lr(setup { seed = 2, try = 200, seeds = 1, name = "once" })
local same = derny.train(setup { seed = 2, schedule = derny.one_cycle { max_lr = second.steepest }, steps = 200, eval_every = "end" })
assert(second.trial[2].mean == same.test_accuracy and own.test_accuracy > 0.3)
assert(derny.find_lr(setup { try = "1 epoch", seeds = 1 }).trial.steps == 63)
assert(derny.find_lr(setup { try = true, seeds = 1 }).trial.steps == 315, "the epochs that make 300 updates")
assert(not derny.find_lr(setup { try = false, seeds = 1 }).trial)

-- a regression is judged by its held-out loss
local bowl = derny.find_lr { data = derny.data.bowl { inputs = 4, condition = 10 }, model = derny.mlp { 4, 1 },
  optimizer = derny.sgd { momentum = 0 }, batch = 16, seed = 1, seeds = 2, try = 50 }
assert(bowl.trial and (bowl.trial.by == "test loss" or bowl.trial.by == "train loss"))

-- Adam's rates are other ones
assert(derny.find_lr(setup { optimizer = derny.adam {} }).steepest < found.steepest)

-- Momentum and weight decay: each value at its own lr, and the best in a short run.
local momentum = derny.find_momentum(setup { values = { 0.5, 0.9 }, seeds = 2, try = 100 })
assert(#momentum == 2 and momentum.steps == 100 and momentum.by == "test accuracy")
for i, value in ipairs { 0.5, 0.9 } do
  local entry = momentum[i]
  assert(entry.value == value and entry.max_lr == entry.found.steepest and entry.done == 2)
  assert(tostring(entry.found):find("^lr range test"))
end
assert(momentum[1].found.diverges > momentum[2].found.diverges, "momentum multiplies lr")
assert(momentum.best == (momentum[1].mean > momentum[2].mean and 0.5 or 0.9))
assert(tostring(momentum) == momentum.summary and momentum.summary:find("^momentum: an lr range test of each, 2 seeds"))
local decay = derny.find_weight_decay(setup { values = { 0, 0.1 }, seeds = 2, try = 100, pick = "minimum" })
assert(decay.best == 0 and decay.max_lr == decay[1].found.minimum, "0.1 is too much")

-- what it refuses
fails("derny.find_lr: data is missing", derny.find_lr, { model = derny.mlp { 2, 2 } })
fails("api-find.lua:169: derny.find_lr: unknown field 'shedule'", function() derny.find_lr { shedule = 0.1 } end)
fails("unknown field 'schedule'", derny.find_lr, setup { schedule = 0.1 })
fails("derny.find_lr: lr from 1 to 0.1; want rates above 0, the second one greater", derny.find_lr, setup { from = 1, to = 0.1 })
fails("from is 0; want", derny.find_lr, setup { from = 0 })
fails("steps is 5; want 20 to 1000000 updates", derny.find_lr, setup { steps = 5 })
fails("seeds is 65; want a whole number from 1 to 64", derny.find_lr, setup { seeds = 65 })
fails("smoothing is 1; want at least 0 and less than 1", derny.find_lr, setup { smoothing = 1 })
fails("stop is 1; want more than 1", derny.find_lr, setup { stop = 1 })
fails("spacing is 'log'; want 'exponential' or 'linear'", derny.find_lr, setup { spacing = "log" })
fails("try is 'soon'; want true, updates, or \"5 epochs\"", derny.find_lr, setup { try = "soon" })
fails("try is '30%'", derny.find_lr, setup { try = "30%" })
fails("try is 0; want", derny.find_lr, setup { try = 0 })
fails("derny.find_momentum: values[2]: sgd: momentum 1", derny.find_momentum, setup { values = { 0, 1 } })
fails("1 values; want 2 to 16 to compare", derny.find_weight_decay, setup { values = { 0 } })
fails("values[2] is a string; want a number", derny.find_weight_decay, setup { values = { 0, "1" } })
fails("pick is 'best'; want 'valley'", derny.find_momentum, setup { pick = "best" })
fails("the model has 3 inputs", derny.find_lr, setup { model = derny.mlp { 3, 10 } })
