-- The ten lines of the README: one network, one schedule, one number.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local result = derny.train {
  name     = "one cycle",
  data     = derny.data.mnist1d(),
  model    = derny.mlp { 40, 100, 10 },
  schedule = derny.one_cycle { max_lr = 0.3 },
  batch    = 64, epochs = derny.option("epochs", 40), seed = derny.option("seed", 1),
}
print(("test accuracy %.2f %%"):format(100 * result.test_accuracy))
assert(result.status == "done" and result.test_accuracy > 0.3)
