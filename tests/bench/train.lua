-- Microseconds of an update of derny.train with everything on: schedule, tape, control word. The least of many short
-- runs, as torch_mlp.py takes the least of many stretches. MNIST where it is found, or noise of the same shape.
--
--   derny run --quiet tests/bench/train.lua [--set inputs=784] [--set hidden=128] [--set layers=1] [--set batch=128]
local derny = require "derny"

local inputs, hidden = derny.option("inputs", 784), derny.option("hidden", 128)
local widths = { inputs }
for _ = 1, derny.option("layers", 1) do
  widths[#widths + 1] = hidden
end
widths[#widths + 1] = 10

local batch = derny.option("batch", 128)
local found, data = pcall(derny.data.mnist)
if not found or inputs ~= 784 then
  data = derny.data.blobs { rows = 8192, classes = 10, inputs = inputs, test = 0.1 }
end
data = data:subset(data.train_size, 16) -- a score at the end that costs next to nothing

local least = math.huge
for seed = 1, derny.option("stretches", 30) do
  local result = derny.train {
    data = data, model = derny.mlp(widths), schedule = derny.one_cycle { max_lr = 0.05 },
    batch = batch, drop_last = true, steps = derny.option("steps", 200), seed = seed, eval_every = "end",
  }
  least = math.min(least, result.seconds / result.updates)
end
print(("%.1f"):format(1e6 * least))
