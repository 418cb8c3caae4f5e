-- expect: held
-- There is no string.dump, by any path to the string library.
assert(string.dump == nil and ("").dump == nil and rawget(string, "dump") == nil)
