-- A quadratic bowl: with curvatures from 2/100 to 2, plain descent crawls along the flat direction, momentum
-- does not, and lr above 1 flies out of the bowl. Divergence is a result.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local data = derny.data.bowl { inputs = 2, condition = 100, seed = 1 }
local function train(name, lr, momentum)
  return derny.train {
    name = name, data = data, model = derny.mlp { 2, 1 }, loss = "mse", eval_every = "end",
    optimizer = derny.sgd { momentum = momentum }, schedule = lr,
    batch = data.train_size, steps = derny.option("steps", 400), seed = 1,
  }
end

local plain = train("no momentum", 0.9, 0)
local heavy = train("momentum 0.9", 0.9, 0.9)
local wild = train("lr too large", 1.1, 0)
print(plain, heavy, wild)
assert(heavy.loss[#heavy.loss] < plain.loss[#plain.loss])
assert(wild.status == "diverged")
