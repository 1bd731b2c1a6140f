contango spreads --as-of 2023-12-29
