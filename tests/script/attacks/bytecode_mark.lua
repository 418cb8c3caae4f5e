-- expect: held
-- Sources that are no Lua text, as the functions load takes them see it.
assert(not load("\27"))
assert(not load("\xef\xbb\xbf\27Lua"))
