-- expect: held
-- Deep nesting in source is an error of the compiler.
for _, pair in ipairs { { "(", ")" }, { "{", "}" }, { "do ", " end" }, { "function f() ", " end" } } do
  local text = "return " .. pair[1]:rep(5000) .. "1" .. pair[2]:rep(5000)
  assert(not load(text))
end
