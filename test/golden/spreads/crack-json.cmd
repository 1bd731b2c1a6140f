contango spreads crack-3-2-1 --as-of 2023-12-29 --json
