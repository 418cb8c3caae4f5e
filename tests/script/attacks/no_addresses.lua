-- expect: held
-- Nothing that makes text shows an address.
local t, f, co = {}, function() end, coroutine.create(function() end)
for _, v in ipairs { t, f, co } do
  for _, text in ipairs { tostring(v), ("%s"):format(v), ("%20s"):format(v), ("%p"):format(v), ("%-20p|"):format(v) } do
    assert(not text:find("0x%x%x%x%x%x%x"), text)
  end
end
assert(("%p"):format(1) == "(null)")
