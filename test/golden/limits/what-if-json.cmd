contango limits what-if --book example --as-of 2023-12-29 --trade "buy 10 CLM24" --json
