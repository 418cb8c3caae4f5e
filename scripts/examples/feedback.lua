-- Feedback: lr falls when the held-out loss stops improving; early stopping from on_epoch.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local best, since = math.huge, 0
local result = derny.train {
  name     = "plateau",
  data     = derny.data.mnist1d(),
  model    = derny.mlp { 40, 64, 10, dropout = 0.1 },
  optimizer = derny.sgd { momentum = 0.9, weight_decay = 1e-4 },
  schedule = derny.plateau { schedule = 0.1, factor = 0.5, patience = 2 },
  batch    = 64, epochs = derny.option("epochs", 40), seed = 2,
  on_epoch = function(e)
    if e.test_loss < best then
      best, since = e.test_loss, 0
    else
      since = since + 1
    end
    return since < 10
  end,
}
print(result, "lr ended at " .. result.lr[#result.lr])
assert(result.status == "done" or result.status == "stopped")
