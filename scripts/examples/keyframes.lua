-- A curve through keyframes: reach these values exactly at these steps, fractions or epochs.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local schedule = derny.curve { { 0, 0.004 }, { "30%", 0.1, "cosine" }, { "100%", 1e-5, "cosine" } }
print(schedule)

local result = derny.train {
  name     = "keyframes",
  data     = derny.data.spirals { classes = 3, rows = 3000 },
  model    = derny.mlp { 2, 64, 64, 3, activation = "gelu" },
  schedule = schedule,
  batch    = 64, epochs = derny.option("epochs", 20), seed = 3,
}
print(result)
assert(result.lr[1] == 0.004 and result.lr[#result.lr] == 1e-5)
