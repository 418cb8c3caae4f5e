-- expect: timeout
-- message: no update and no call into Derny
::again:: goto again
