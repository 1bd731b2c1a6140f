contango signals wti --as-of 2023-12-29
