contango var --book example --as-of 2023-12-29 --method normal --method historical --method age-weighted --method evt --confidence 0.99 --json
