-- expect: held
-- Malformed text.
assert(not pcall(utf8.codepoint, "\255"))
assert(utf8.len("\xff") == nil)
assert(not pcall(function() for _ in utf8.codes("\xc0\x80") do end end))
assert(not pcall(utf8.char, -1))
