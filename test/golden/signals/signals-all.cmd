contango signals --product all --as-of 2023-12-29
