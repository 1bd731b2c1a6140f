contango backtest zscore-spread brent --as-of 2023-12-29 --stop-loss 2 --take-profit 3 --json -- --window 15
