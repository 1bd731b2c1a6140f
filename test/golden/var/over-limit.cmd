contango var --book example --as-of 2023-12-29 --method normal --confidence 0.95 --limit-usd 100000 -f csv
