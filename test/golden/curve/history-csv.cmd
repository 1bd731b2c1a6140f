contango curve wti --history 1 --from 2023-12-18 --as-of 2023-12-29 -f csv
