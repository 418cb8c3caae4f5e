-- expect: error
-- message: the error object is a nil
error()
