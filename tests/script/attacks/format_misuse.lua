-- expect: held
-- Formats that are wrong in every way.
for _, f in ipairs { "%", "%s", "%p%p", "%5", "%-+ #0123456789", "%999d", "%.999f", "%y", "%q", "%s%", "%\0", "\0%s" } do
  pcall(string.format, f)
  pcall(string.format, f, {})
  pcall(string.format, f, {}, print)
end
assert(("%d%%%s"):format(1, "x") == "1%x")
assert(("%s|%5s|%-5s|%.2s"):format(1, true, nil, "abc") == "1| true|nil  |ab")
local s = "a\0b"
assert(("%s"):format(s) == s)
