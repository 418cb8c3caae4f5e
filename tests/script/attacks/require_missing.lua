-- expect: error
-- message: require_missing.lua:3: require 'no-such-module': cannot read
require "no-such-module"
