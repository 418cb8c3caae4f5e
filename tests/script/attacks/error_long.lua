-- expect: error
-- A message of 10 MB is cut.
error(("x"):rep(10 << 20))
