-- expect: held
-- Control characters are shown, not obeyed.
print("\27[2J\27]0;title\7\155\0\8")
