-- A module that fails.
error("on purpose")
