-- expect: error
-- message: it is being loaded already
return require "require_itself_helper"
