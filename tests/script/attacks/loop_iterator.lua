-- expect: timeout
-- A for loop without end over an iterator.
for _ in function() return 1 end do end
