contango prices --as-of 2023-12-29
