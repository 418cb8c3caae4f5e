-- The other module.
return "two"
