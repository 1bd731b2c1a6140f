contango backtest ma-crossover wti --as-of 2023-12-29 -- --fats 10
