-- A module that needs another, and counts how often it is run.
local runs = 0
runs = runs + 1
return { name = ..., two = require "require_two", runs = runs }
