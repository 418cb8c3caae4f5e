-- The loop in the script's hands: one update a step, looking at the run between them.
-- SPDX-License-Identifier: MIT
local derny = require "derny"

local run <close> = derny.open {
  name     = "own loop",
  data     = derny.data.circles { rows = 1000, noise = 0.1 },
  model    = derny.mlp { 2, 24, 2, activation = "selu", init = "lecun_normal" },
  schedule = derny.cosine { lr = 0.1 },
  batch    = 25, steps = derny.option("steps", 600), seed = 5,
}

local first = select(2, run:score("test"))
while run:more() do
  local loss = run:step()
  if run.updates % 200 == 0 then
    print(("after %d updates: batch loss %.3f"):format(run.updates, loss))
  end
end
local loss, accuracy = run:score("test")
print(("test loss %.3f, accuracy %.1f %%, before training %.1f %%"):format(loss, 100 * accuracy, 100 * first))

-- what it thinks of the middle and of a point outside
local p = run:predict(derny.tensor { { 0, 0 }, { 3, 3 } })
print(p)
assert(accuracy > first and run:result().status == "done")
