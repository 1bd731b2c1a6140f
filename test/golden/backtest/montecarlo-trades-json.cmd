contango backtest montecarlo ma-crossover wti --as-of 2023-12-29 --commission-usd 2.5 --method trades --paths 200 --json
