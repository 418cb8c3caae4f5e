-- What several seeds say together.
-- SPDX-License-Identifier: MIT
local derny = ...

-- Mean, and standard deviation of the sample (n - 1).
function derny.mean_std(values)
  local n = #values
  if n == 0 then
    error("derny.mean_std: no values", 2)
  end
  local sum = 0.0
  for _, x in ipairs(values) do
    sum = sum + x
  end
  local mean = sum / n
  local squares = 0.0
  for _, x in ipairs(values) do
    squares = squares + (x - mean) ^ 2
  end
  return mean, n > 1 and (squares / (n - 1)) ^ 0.5 or 0.0
end
