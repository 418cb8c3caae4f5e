-- A range test before training: the rules' suggestions for lr, which of them is best, and a run with that.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local setup = { data = derny.data.mnist1d(), model = derny.mlp { 40, 100, 10 }, batch = 64, seed = 1 }
local function with(more)
  for name, value in pairs(setup) do more[name] = value end
  return more
end

local found = derny.find_lr(with { try = true })
print(found)

local result = derny.train(with {
  name = found.winner, epochs = 40,
  schedule = derny.one_cycle { max_lr = found.best },
})
print(("one cycle up to %.3g: test accuracy %.1f %%"):format(found.best, 100 * result.test_accuracy))

assert(found.best < found.diverges)
assert(result.test_accuracy > 0.57)
