-- Data sets: every maker's shape, what can be made from one, and what is refused.
local derny = require "derny"

local function fails(want, f, ...)
  local ok, why = pcall(f, ...)
  assert(not ok, "it did not fail: " .. want)
  assert(why:find(want, 1, true), why)
end

-- each maker, with what it gives: inputs, outputs, training and test examples
local rows = {
  { derny.data.mnist1d { train = 30, test = 20 }, 40, 10, 30, 20 },
  { derny.data.mnist1d { train = 30, test = 0 }, 40, 10, 30, 0 },
  { derny.data.spirals { rows = 90, classes = 3, test = 1 / 3 }, 2, 3, 60, 30 },
  { derny.data.moons { rows = 50 }, 2, 2, 40, 10 },
  { derny.data.circles { rows = 50, test = 0 }, 2, 2, 50, 0 },
  { derny.data.blobs { rows = 50, classes = 5, inputs = 7 }, 7, 5, 40, 10 },
  { derny.data.bowl { inputs = 6, rows = 100 }, 6, 1, 100, 0 },
}
for i, row in ipairs(rows) do
  local d = row[1]
  local got = ("%d %d %d %d"):format(d.inputs, d.outputs, d.train_size, d.test_size)
  assert(got == table.concat(row, " ", 2), ("%d: %s"):format(i, got))
  assert(type(d.name) == "string" and #d.name > 0)
  assert(tostring(d):find(("%s: %d + %d examples, %d inputs, %d "):format(d.name, d.train_size, d.test_size, d.inputs,
    d.outputs), 1, true), tostring(d))
  -- each can be trained on
  local run = derny.train { data = d, model = derny.mlp { d.inputs, d.outputs }, schedule = 0.001, steps = 3, seed = 1 }
  assert(run.status == "done" and (#run.scores > 0) == (d.test_size > 0))
end

-- defaults, without any options
for _, name in ipairs { "spirals", "moons", "circles", "blobs" } do
  local d = derny.data[name]()
  assert(d.train_size == 800 and d.test_size == 200 and d.inputs == 2 and d.outputs == 2)
end
assert(derny.data.mnist1d().train_size == 4000 and derny.data.bowl().test_size == 0)

-- the first loss tells two data sets apart
local function first_loss(d)
  local model = derny.mlp { d.inputs, d.outputs }
  return derny.train { data = d, model = model, schedule = 0.1, batch = 40, steps = 1, seed = 1 }.loss[1]
end
local one = first_loss(derny.data.moons { rows = 50 })
assert(one == first_loss(derny.data.moons { rows = 50, seed = 1 }))
assert(one ~= first_loss(derny.data.moons { rows = 50, seed = 2 }))
assert(one ~= first_loss(derny.data.moons { rows = 50, noise = 0.3 }))

-- new ones from old ones; the old one may be forgotten
local blobs = derny.data.blobs { rows = 100, test = 0, inputs = 3 }
local parts = blobs:split(0.25, 3)
assert(blobs.test_size == 0 and parts.train_size == 75 and parts.test_size == 25)
local few = parts:subset(20)
assert(few.train_size == 20 and few.test_size == 25 and parts:subset(20, 5).test_size == 5)
local chain = derny.data.blobs { rows = 100, test = 0, inputs = 3 }:standardise():shuffle(1):split(0.5):subset(30, 10)
for _ = 1, 20000 do local _ = {} end
assert(chain.train_size == 30 and first_loss(chain) > 0)
assert(first_loss(blobs) == first_loss(derny.data.blobs { rows = 100, test = 0, inputs = 3 }))
assert(first_loss(blobs:standardise()) ~= first_loss(blobs))
assert(first_loss(blobs:subset(40):shuffle(1)) ~= first_loss(blobs:shuffle(1):subset(40)))

-- files
local csv = derny.data.csv { "api-data.csv", test = 0.25 }
assert(csv.inputs == 2 and csv.outputs == 2 and csv.train_size == 6 and csv.test_size == 2)
assert(derny.data.csv("api-data.csv").inputs == 2)
local named = { file = "api-data.csv", target = "width", task = "regress", test = 0 }
fails("", derny.data.csv, named) -- its other column is one of words

-- refused
fails("derny.data.csv: file is missing", derny.data.csv, {})
fails("nowhere.csv", derny.data.csv, "nowhere.csv")
fails("../", derny.data.csv, "../api-data.csv")
fails("/etc/passwd", derny.data.csv, "/etc/passwd")
fails("test_images and test_labels go together", derny.data.idx,
  { train_images = "api-data.csv", train_labels = "api-data.csv", test_images = "api-data.csv" })
fails("api-data.csv", derny.data.npz, "api-data.csv")
-- the real ones, where this machine has them
local found, mnist = pcall(derny.data.mnist)
assert(found and mnist.inputs == 784 and mnist.train_size == 60000 or tostring(mnist):find("fetch-data", 1, true))
fails("unknown field 'row' (did you mean 'rows'?)", derny.data.moons, { row = 3 })
fails("unknown field 'classes'", derny.data.moons, { classes = 3 })
fails("rows", derny.data.moons, { rows = 1 })
fails("a data set has no field 'size'", function() return blobs.size end)
fails("dataset:split", blobs.split, blobs, 0)
fails("dataset:split", blobs.split, blobs, 1)
fails("subset", parts.split, parts, 0.5)
fails("dataset:subset", blobs.subset, blobs, 101)
fails("dataset:subset", blobs.subset, blobs, 0)
fails("dataset:subset", blobs.subset, blobs, -1)
fails("number expected", blobs.subset, blobs)
fails("expected", blobs.split, 3, 0.5)
fails("", function() blobs.name = "x" end)
