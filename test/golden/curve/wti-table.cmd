contango curve wti --as-of 2023-12-29 --ranks 12
