local runs = 0
runs = runs + 1
return { name = ..., two = require "require_two", runs = runs }
