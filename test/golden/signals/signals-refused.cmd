contango signals wti --signal rsi:1
