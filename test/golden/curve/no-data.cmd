contango curve wti --as-of 1999-01-04 --json
