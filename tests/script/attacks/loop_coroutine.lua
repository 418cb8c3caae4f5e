-- expect: timeout
-- A loop in a coroutine, and one that resumes it again and again.
while true do
  local co = coroutine.create(function() while true do end end)
  coroutine.resume(co)
end
