-- Sweeps: many runs, one for each point of a space and each seed.
-- SPDX-License-Identifier: MIT
local derny, labs = ...

local FIELDS = { "name", "over", "points", "seeds", "method", "n", "seed", "run" }
local METHODS = { grid = true, random = true, latin = true }

local function fail(format, ...)
  error("derny.sweep: " .. format:format(...), 0)
end

-- The names of a table, sorted: the only order that every lab has.
local function names_of(t)
  local names = {}
  for name in pairs(t) do
    if type(name) ~= "string" then
      fail("a parameter has a name: over = { max_lr = { 0.1, 0.3 } }")
    end
    names[#names + 1] = name
  end
  table.sort(names)
  return names
end

local function is_between(axis)
  return type(axis) == "table" and axis.from ~= nil
end

-- Ranges of which a random or latin sweep draws values.

function derny.between(from, to)
  if type(from) ~= "number" or type(to) ~= "number" or not (from < to) then
    error("derny.between: from and to are numbers, from below to", 2)
  end
  return { from = from, to = to }
end

function derny.log_between(from, to)
  local range = derny.between(from, to)
  if from <= 0 then
    error("derny.log_between: from is above 0", 2)
  end
  range.log = true
  return range
end

-- The value of an axis at u, 0 <= u < 1.
local function draw(axis, u)
  if not is_between(axis) then
    return axis[1 + math.floor(u * #axis)]
  elseif axis.log then
    return axis.from * (axis.to / axis.from) ^ u
  end
  return axis.from + (axis.to - axis.from) * u
end

-- Every combination, the last name's values changing fastest.
local function grid(over, names)
  local points = { {} }
  for _, name in ipairs(names) do
    local longer = {}
    if is_between(over[name]) then
      fail("%s is a range; a grid wants a list, as derny.log_range gives, or say method = \"random\" and n", name)
    end
    for _, point in ipairs(points) do
      for _, value in ipairs(over[name]) do
        local copy = { [name] = value }
        for k, v in pairs(point) do
          copy[k] = v
        end
        longer[#longer + 1] = copy
      end
    end
    points = longer
  end
  return points
end

-- A generator of the sweep's own, so that what else the script draws changes no point.
-- source: D. H. Lehmer, 1951; multiplier of S. Park and K. Miller, 1988
local function generator(seed)
  local state = seed % 2147483646 + 1
  return function()
    state = state * 48271 % 2147483647
    return (state - 1) / 2147483646
  end
end

local function random(over, names, n, uniform)
  local points = {}
  for i = 1, n do
    points[i] = {}
    for _, name in ipairs(names) do
      points[i][name] = draw(over[name], uniform())
    end
  end
  return points
end

-- Each axis is cut into n parts, and each part is met once.
-- source: M. McKay, R. Beckman and W. Conover, Technometrics 21, 1979
local function latin(over, names, n, uniform)
  local points = {}
  for i = 1, n do
    points[i] = {}
  end
  for _, name in ipairs(names) do
    local order = {}
    for i = 1, n do
      order[i] = i
    end
    for i = n, 2, -1 do
      local j = 1 + math.floor(uniform() * i)
      order[i], order[j] = order[j], order[i]
    end
    for i = 1, n do
      points[i][name] = draw(over[name], (order[i] - 1 + uniform()) / n)
    end
  end
  return points
end

local function check_axes(over, names)
  for _, name in ipairs(names) do
    local axis = over[name]
    if type(axis) ~= "table" or (not is_between(axis) and #axis == 0) then
      fail("over.%s is no list of values and no range", name)
    end
    if name == "seed" then
      fail("the seed has a field of its own: seeds = 5, or seeds = { 1, 2, 3 }")
    end
  end
end

local function points_of(options)
  if options.points then
    return options.points
  end
  local names = names_of(options.over)
  local method = options.method or "grid"
  check_axes(options.over, names)
  if method == "grid" then
    return grid(options.over, names)
  end
  if math.type(options.n) ~= "integer" or options.n < 1 then
    fail("n is %s; want how many points a %s sweep draws", tostring(options.n), method)
  end
  local make = method == "latin" and latin or random
  return make(options.over, names, options.n, generator(options.seed or 1))
end

local function seeds_of(seeds)
  if seeds == nil then
    return { 1 }
  elseif type(seeds) == "table" and #seeds > 0 then
    return seeds
  elseif math.type(seeds) ~= "integer" or seeds < 1 then
    fail("seeds is %s; want how many, or a list of them", tostring(seeds))
  end
  local list = {}
  for i = 1, seeds do
    list[i] = i
  end
  return list
end

local function check(options)
  if type(options) ~= "table" then
    fail("want a table: derny.sweep { over = { max_lr = { 0.1, 0.3 } }, run = function(p) ... end }")
  end
  for name in pairs(options) do
    local known = false
    for _, field in ipairs(FIELDS) do
      known = known or field == name
    end
    if not known then
      fail("unknown field '%s'; the fields are %s", tostring(name), table.concat(FIELDS, ", "))
    end
  end
  if (type(options.over) == "table") == (type(options.points) == "table") then
    fail("want over = { parameter = values }, or points = { { parameter = value }, ... }")
  end
  if type(options.run) ~= "function" then
    fail("run is missing: a function from a point to what derny.train takes")
  end
  if options.method and not METHODS[options.method] then
    fail("method is '%s'; want grid, random or latin", tostring(options.method))
  end
end

local function json(value)
  if type(value) == "string" then
    return '"' .. value:gsub('[%c"\\\x7f]', function(c) return ("\\u%04x"):format(c:byte()) end) .. '"'
  elseif math.type(value) == "integer" or type(value) == "boolean" then
    return tostring(value)
  elseif type(value) == "number" and value == value and value - value == 0 then
    return ("%.17g"):format(value)
  end
  fail("a parameter is %s; want numbers, texts, true or false", tostring(value))
end

-- The point in words, and as JSON.
local function describe(point)
  local words, fields = {}, {}
  for i, name in ipairs(names_of(point)) do
    local value = point[name]
    words[i] = ("%s %s"):format(name, math.type(value) == "float" and ("%.4g"):format(value) or tostring(value))
    fields[i] = json(name) .. ": " .. json(value)
  end
  return table.concat(words, ", "), "{" .. table.concat(fields, ", ") .. "}"
end

-- Each point with each seed, seeds side by side so that means come early.
local function tasks_of(options)
  local tasks = {}
  for _, point in ipairs(points_of(options)) do
    for _, seed in ipairs(seeds_of(options.seeds)) do
      local copy = { seed = seed }
      for name, value in pairs(point) do
        copy[name] = value
      end
      tasks[#tasks + 1] = copy
    end
  end
  return tasks
end

local function better(a, b)
  if not b then
    return true
  elseif a.test_accuracy and b.test_accuracy and a.test_accuracy ~= b.test_accuracy then
    return a.test_accuracy > b.test_accuracy
  end
  local x, y = a.test_loss or a.train_loss, b.test_loss or b.train_loss
  return x ~= nil and (y == nil or x < y)
end

local function best_of(results)
  local best
  for _, result in ipairs(results) do
    if result.status == "done" and better(result, best) then
      best = result
    end
  end
  return best
end

-- What this lab can have is trained; what others have is waited for.
local function work(options, tasks, base)
  local left = #tasks
  local open = {}
  for i, task in ipairs(tasks) do
    open[i] = labs.shard(i)
    if not open[i] then
      left = left - 1
    elseif labs.claim(base + i - 1) then
      local words, fields = describe(task)
      local spec = options.run(task)
      if type(spec) ~= "table" then
        fail("run returned a %s for %s; want a table as derny.train takes it", type(spec), words)
      end
      if spec.seed == nil then
        spec.seed = task.seed
      end
      labs.train(base + i - 1, spec, words, options.name or "sweep", fields)
    end
  end
  local found = {}
  while left > 0 do
    for i, task in ipairs(tasks) do
      local result = open[i] and labs.look(base + i - 1)
      if result then
        result.point, found[i], open[i] = task, result, false
        left = left - 1
      end
    end
    if left > 0 then
      labs.wait()
    end
  end
  local results = {} -- in the order of the points, whoever was done first
  for i in ipairs(tasks) do
    results[#results + 1] = found[i]
  end
  return results
end

function derny.sweep(options)
  check(options)
  local tasks = tasks_of(options)
  local results = work(options, tasks, labs.announce(#tasks))
  results.best = best_of(results)
  return results
end
