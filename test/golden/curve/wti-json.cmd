contango curve wti --as-of 2023-12-29 --ranks 3 --json
