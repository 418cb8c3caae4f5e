-- expect: held timeout
-- Source whose compiling takes time that grows with its square.
for _ = 1, 20 do load("return " .. ("x or "):rep(13000) .. "x") end
