contango backtest compare "ma-crossover --fast 5 --slow 20" buy-hold wti --as-of 2023-12-29 --commission-usd 2.5 --draws 500 --assert "pair1.pValue<=0.0001"
