-- expect: error
-- message: \27[31mred
error("\27[31mred\0\7\r\nforged.lua:1: second line")
