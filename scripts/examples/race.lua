-- Five schedules over the same initial weights and the same batches.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local results = derny.race {
  data  = derny.data.mnist1d(),
  model = derny.mlp { 40, 100, 10 },
  batch = 64, epochs = derny.option("epochs", 40), seed = derny.option("seed", 7),

  ["constant"]    = 0.05,
  ["exponential"] = derny.exponential { lr = 0.1, gamma = 0.95, per = "1 epoch" },
  ["piecewise"]   = derny.piecewise { boundaries = { "40%", "75%" }, values = { 0.1, 0.05, 0.01 } },
  ["cyclical"]    = derny.cyclical { base_lr = 0.02, max_lr = 0.2, step_up = "4 epochs" },
  ["one cycle"]   = derny.one_cycle { max_lr = 0.3 },
}

print(("first: %s, test accuracy %.1f %%"):format(results.best.name, 100 * results.best.test_accuracy))
for _, result in ipairs(results) do
  assert(result.status == "done", result.name)
end
