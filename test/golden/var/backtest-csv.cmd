contango var backtest --book example --as-of 2023-12-29 --window 250 --method normal --method historical --method ewma -f csv
