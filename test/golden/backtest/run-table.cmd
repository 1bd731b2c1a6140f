contango backtest ma-crossover wti --as-of 2023-12-29 --commission-usd 2.5 --slippage 0.01 --assert "sharpe>=5" -- --fast 10 --slow 30
