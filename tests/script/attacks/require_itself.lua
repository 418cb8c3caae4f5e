-- expect: error
-- message: it is being loaded already
require "require_itself_helper"
