contango prices --as-of 2023-12-29 -f ndjson -q
