-- A module that needs itself, by way of another.
return require "require_cycle_back"
