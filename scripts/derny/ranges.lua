-- Ranges of values to try.
-- SPDX-License-Identifier: MIT
local derny = ...

local function check(what, from, to, n)
  if math.type(n) ~= "integer" or n < 2 then
    error(("%s: n is %s; want a whole number of at least 2"):format(what, n), 3)
  end
  if type(from) ~= "number" or type(to) ~= "number" then
    error(("%s: from and to are numbers"):format(what), 3)
  end
end

function derny.lin_range(from, to, n)
  check("derny.lin_range", from, to, n)
  local values = {}
  for i = 1, n do
    values[i] = from + (to - from) * (i - 1) / (n - 1)
  end
  values[n] = to
  return values
end

function derny.log_range(from, to, n)
  check("derny.log_range", from, to, n)
  if from <= 0 or to <= 0 then
    error("derny.log_range: from and to are above 0", 2)
  end
  local values = {}
  for i = 1, n do
    values[i] = from * (to / from) ^ ((i - 1) / (n - 1))
  end
  values[n] = to
  return values
end
