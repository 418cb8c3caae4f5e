return "two"
