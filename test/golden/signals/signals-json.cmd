contango signals --product wti --product rbob --signal carry --signal rsi:10 --signal turnarounds --as-of 2023-06-30 --json
