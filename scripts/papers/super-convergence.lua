-- Super-convergence on an MLP, in seconds: one cycle in 3 epochs against a constant rate in 6.
--
-- 784-128-10, relu, pixels / 255, batch 128, SGD with momentum 0.9, PyTorch's initialisation; five seeds each. Beside
-- every mean stands what PyTorch 1.13 gives for the same experiment, mean and standard deviation of five seeds.
-- The claim is L. Smith and N. Topin's ("Super-convergence", 2017, arXiv:1708.07120), there for deep residual networks.
--
--   derny run scripts/papers/super-convergence.lua [--set data=fashion_mnist] [--set seeds=5]
-- SPDX-License-Identifier: MIT

local derny = require "derny"

local which = derny.option("data", "mnist")
local seeds = derny.option("seeds", 5)

local NAMES = { "constant 0.01", "constant 0.1", "0.1 x 0.9^epoch", "one cycle 0.2" }

-- [data][epochs] = { {mean, std}, ... } in per cent, in the order of NAMES
local PYTORCH = {
  mnist = {
    [3] = { { 93.83, 0.12 }, { 97.44, 0.17 }, { 97.39, 0.14 }, { 97.76, 0.08 } },
    [6] = { { 95.65, 0.14 }, { 97.66, 0.24 }, { 97.86, 0.11 }, { 98.10, 0.06 } },
  },
  fashion_mnist = {
    [3] = { { 83.76, 0.74 }, { 84.71, 0.33 }, { 84.88, 0.99 }, { 86.74, 0.12 } },
    [6] = { { 85.56, 0.27 }, { 86.14, 0.65 }, { 86.94, 0.12 }, { 87.72, 0.20 } },
  },
}
local TOLERANCE = { mnist = 0.4, fashion_mnist = 0.8 }

if not PYTORCH[which] then
  error("data is " .. which .. "; want mnist or fashion_mnist", 0)
end
local data = derny.data[which]()

-- Test accuracies in per cent, [rider][seed].
local function race(epochs)
  local accuracies = { {}, {}, {}, {} }
  for seed = 1, seeds do
    local results = derny.race {
      data = data, model = derny.mlp { 784, 128, 10, init = "torch" },
      optimizer = derny.sgd { momentum = 0.9 },
      batch = 128, drop_last = true, epochs = epochs, seed = seed, eval_every = "end",
      riders = {
        [NAMES[1]] = 0.01,
        [NAMES[2]] = 0.1,
        [NAMES[3]] = derny.exponential { lr = 0.1, gamma = 0.9, per = "1 epoch", staircase = true },
        [NAMES[4]] = derny.one_cycle { max_lr = 0.2 },
      },
    }
    for i, name in ipairs(NAMES) do
      accuracies[i][seed] = 100 * results[name].test_accuracy
    end
  end
  return accuracies
end

local means = {}
local near = true
print(("%s, test accuracy in %%, %d seeds"):format(data.name, seeds))
print(("%-18s %6s  %-15s %-15s"):format("schedule", "epochs", "Derny", "PyTorch"))
for _, epochs in ipairs { 3, 6 } do
  local accuracies = race(epochs)
  means[epochs] = {}
  for i, name in ipairs(NAMES) do
    local mean, std = derny.mean_std(accuracies[i])
    local torch = PYTORCH[which][epochs][i]
    local far = math.abs(mean - torch[1]) > TOLERANCE[which]
    means[epochs][i] = mean
    near = near and not far
    print(("%-18s %6d  %.2f +- %.2f   %.2f +- %.2f %s"):format(name, epochs, mean, std, torch[1], torch[2],
      far and "  too far" or ""))
  end
end

local claim = means[3][4] > means[6][2]
print(("one cycle in 3 epochs %.2f, constant 0.1 in 6 epochs %.2f: the claim %s"):format(means[3][4], means[6][2],
  claim and "holds" or "does not hold"))
assert(near, "a mean is too far from PyTorch's")
assert(claim, "one cycle in 3 epochs is not above the constant rate in 6")
