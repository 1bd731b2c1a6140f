contango run weekly-backtest --if-trading-day NYMEX --as-of 2023-07-04 -q --json
