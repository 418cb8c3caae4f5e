-- expect: held
-- Patterns that are too deep or malformed are ordinary errors.
assert(not pcall(string.match, ("x"):rep(1000000), ("(x"):rep(100)))
assert(not pcall(string.find, "a", ("a?"):rep(300000) .. "%"))
assert(not pcall(string.match, "a", "[a"))
assert(not pcall(string.match, "a", "%f"))
assert(not pcall(string.match, "a", "%b"))
