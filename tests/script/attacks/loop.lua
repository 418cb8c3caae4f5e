-- expect: timeout
-- message: loop.lua:3:
while true do end
