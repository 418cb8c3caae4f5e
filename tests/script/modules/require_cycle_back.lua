-- The other half of a cycle.
return require "require_cycle"
