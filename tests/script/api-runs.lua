-- Runs as they go: on_epoch, races, and the loop that a script owns.
local derny = require "derny"

local data = derny.data.blobs { rows = 250, classes = 3, inputs = 4, noise = 0.8 } -- 200 + 50: 10 updates an epoch
local function options(more)
  local t = { data = data, model = derny.mlp { 4, 8, 3 }, schedule = 0.05, batch = 20, epochs = 3, seed = 1 }
  for name, value in pairs(more or {}) do t[name] = value end
  return t
end
local function race(more)
  local t = options(more)
  t.schedule = nil
  return t
end

local function fails(want, f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok, "it did not fail: " .. want)
  assert(why:find(want, 1, true), why)
end

-- on_epoch: once an epoch, and after the part of one that the run ends with
local heard = {}
local r = derny.train(options {
  epochs = 2.5, name = "heard", schedule = derny.cosine(0.1),
  on_epoch = function(e) heard[#heard + 1] = e end,
})
assert(#heard == 3)
for i, e in ipairs(heard) do
  local step = math.min(10 * i, 25)
  assert(e.epoch == i and e.step == step and e.steps == 25 and e.name == "heard")
  assert(e.status == (i < 3 and "running" or "done"))
  assert(e.lr == r.lr[step] and e.momentum == 0.9 and e.loss == r.loss[step])
  assert(math.abs(e.train_loss - r.loss:mean(step - 9, step)) < 1e-12)
  assert(e.test_loss == r.scores[i].loss and e.test_accuracy == r.scores[i].accuracy)
  assert(#e.runs == 1 and e.runs[1].name == "heard" and e.runs[1].loss == e.loss)
end

-- false stops; nothing else does
for _, answer in ipairs { true, 0, "no", {} } do
  assert(derny.train(options { on_epoch = function() return answer end }).status == "done")
end
local stopped = derny.train(options { on_epoch = function(e) return e.epoch < 2 end })
assert(stopped.status == "stopped" and stopped.updates == 20 and #stopped.loss == 20 and #stopped.scores == 2)
assert(derny.train(options { on_epoch = function(e) return e.epoch < 3 end }).status == "done")

-- hearing changes nothing
local plain = derny.train(options())
local told = derny.train(options { on_epoch = function() derny.train(options { seed = 9, epochs = 1 }) end })
for i = 1, 30 do assert(plain.loss[i] == told.loss[i]) end

-- a race: by index in the order of names, by name, the best
local results = derny.race(race { c = 0.05, a = derny.one_cycle { max_lr = 0.2 }, riders = { b = 1e-6, seed = 0.01 } })
assert(#results == 4)
for i, name in ipairs { "a", "b", "c", "seed" } do
  assert(rawequal(results[i], results[name]) and results[i].status == "done" and results[i].updates == 30)
end
assert(results.seed.lr[1] == 0.01, "riders may have an option's name")
for _, result in ipairs(results) do assert(result.test_accuracy <= results.best.test_accuracy) end
assert(results.best ~= results.b)
for i = 1, 30 do assert(results.c.loss[i] == plain.loss[i], "as alone") end

local count = 0
derny.race(race {
  x = 0.1, y = 1e30,
  on_epoch = function(e)
    count = count + 1
    assert(e.name == "x" and #e.runs == 2 and e.runs[2].name == "y" and e.runs[2].status == "diverged")
  end,
})
assert(count == 3)
local halted = derny.race(race { x = 0.1, y = 0.2, on_epoch = function() return false end })
assert(halted.x.status == "stopped" and halted.y.updates == 10)
local twice = derny.race(race { x = 0.1 })
assert(#twice == 1 and twice.x == twice.best and twice.x.status == "done", "by the script's name, whatever the board's")

fails("no riders", derny.race, race())
fails("did you mean 'epochs'?", derny.race, race { epoch = 40 })
fails("neither an option nor a schedule", derny.race, race { x = "fast" })
fails("'schedule' is derny.train's", derny.race, options { x = 0.1 })
fails("a rider has a name", derny.race, race { 0.1 })
fails("b: ", derny.race, race { a = 0.1, b = derny.constant(-1) or 0 })
local many = {}
for i = 1, 65 do many["r" .. i] = 0.1 end
fails("more than 64 riders", derny.race, race { riders = many })

-- a loop of one's own
do
  local run <close> = derny.open(options { name = "own" })
  assert(run.updates == 0 and run.steps == 30 and run.epoch_steps == 10)
  assert(tostring(run) == "run 'own', 0 of 30 updates")
  assert(run:result().status == "running" and #run:result().loss == 0)
  local i = 0
  while run:more() do
    local loss, lr, momentum = run:step()
    i = i + 1
    assert(loss == plain.loss[i] and lr == 0.05 and momentum == 0.9 and run.updates == i)
  end
  assert(i == 30 and select("#", run:step()) == 0 and run.updates == 30)
  local result = run:result()
  assert(result.status == "done" and result.test_loss == plain.test_loss)
  local loss, accuracy = run:score()
  assert(loss == result.test_loss and accuracy == result.test_accuracy)
  assert(run:score("train") < plain.loss[1])
  fails("bad argument", run.score, run, "other")
  fails("a run has no field 'lr'", function() return run.lr end)
end
do
  local run = derny.open(options())
  run:step()
  local series = run:result().loss
  run:close()
  run:close()
  assert(tostring(run) == "run (closed)" and #series == 1)
  for _, method in ipairs { "more", "step", "stop", "score", "result", "weights", "predict", "set_weights" } do
    fails("the run is closed", run[method], run, 1)
  end
  fails("the run is closed", function() return run.updates end)
end
do
  local run <close> = derny.open(options())
  run:step()
  run:stop()
  assert(run:more())
  run:step()
  assert(not run:more() and run:result().status == "stopped" and run.updates == 1)
end
fails("on_epoch is for derny.train", derny.open, options { on_epoch = print })

-- two loops side by side do not disturb each other
do
  local a <close>, b = derny.open(options()), derny.open(options { seed = 2 })
  for i = 1, 30 do
    assert(a:step() == plain.loss[i])
    b:step()
  end
  b:close()
end

-- in a coroutine, its schedule a function
local stepper = coroutine.wrap(function()
  local run <close> = derny.open(options { schedule = function(t) return 0.05 * (1 - t.progress) end })
  while run:more() do coroutine.yield(select(2, run:step())) end
end)
for i = 1, 30 do assert(math.abs(stepper() - 0.05 * (30 - i) / 29) < 1e-12) end
assert(stepper() == nil)

-- a run begun in one coroutine goes on in another
do
  local run
  coroutine.wrap(function()
    run = derny.open(options { schedule = function(t) return t.step end })
    run:step()
  end)()
  assert(select(2, run:step()) == 1)
  assert(coroutine.wrap(function() return select(2, run:step()) end)() == 2)
  run:close()
end

-- weights
do
  local run <close> = derny.open(options())
  local w1, w2 = run:weights(1), run:weights(2)
  assert(w1.rows == 5 and w1.cols == 8 and w2.rows == 9 and w2.cols == 3)
  fails("no such layer", run.weights, run, 0)
  fails("no such layer", run.weights, run, 3)
  fails("the layer's shape is another", run.set_weights, run, 1, w2)
  run:set_weights(1, w1 * 0)
  assert(run:weights(1) == derny.tensor.zeros(5, 8) and run:weights(2) == w2)
  w1:set(1, 1, 99)
  assert(run:weights(1):get(1, 1) == 0, "weights are a copy")
  -- with all weights 0 every class is as likely as another
  run:set_weights(2, w2 * 0)
  local p = run:predict(derny.tensor.randn(45, 4)) -- more rows than a batch has
  assert(p.rows == 45 and p.cols == 3 and math.abs(p:min() - 1 / 3) < 1e-6 and math.abs(p:max() - 1 / 3) < 1e-6)
  local bias = derny.tensor.zeros(9, 3)
  bias:set(9, 2, 5)
  run:set_weights(2, bias)
  local e = math.exp(5)
  local row = run:predict(derny.tensor { 1, 2, 3, 4 })
  assert(row.rows == 1 and math.abs(row:get(1, 2) - e / (e + 2)) < 1e-5 and math.abs(row:sum() - 1) < 1e-5)
  fails("as many columns as the network has inputs", run.predict, run, derny.tensor { 1, 2, 3 })
  fails("bad argument", run.predict, run, { 1, 2, 3, 4 })
end

-- predictions of a network with one linear layer are the product with its weights
do
  local bowl = derny.data.bowl { inputs = 3 }
  local run <close> = derny.open { data = bowl, model = derny.mlp { 3, 1 }, schedule = 0.1, steps = 1, seed = 1 }
  run:set_weights(1, derny.tensor { { 1 }, { 10 }, { 100 }, { 0.5 } })
  local y = run:predict(derny.tensor { { 1, 2, 3 }, { 0, 0, 0 } })
  assert(math.abs(y:get(1, 1) - 321.5) < 1e-3 and y:get(2, 1) == 0.5)
end
