-- A schedule of one's own: a function of t gives lr, and momentum if it is to move.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local function quadratic(t)
  local left = 1 - t.progress
  return 0.2 * left ^ 2, 0.85 + 0.1 * t.progress
end

local result = derny.train {
  name     = "quadratic",
  data     = derny.data.moons { rows = 2000, noise = 0.2 },
  model    = derny.mlp { 2, 32, 32, 2, activation = "tanh", init = "glorot_normal" },
  schedule = quadratic,
  batch    = 32, epochs = derny.option("epochs", 20), seed = 1,
}
print(result)
assert(result.lr[1] == 0.2 and result.lr[#result.lr] == 0)
assert(math.abs(result.momentum[#result.momentum] - 0.95) < 1e-12)
