contango indicators wti --indicator rsi:14 --indicator macd:12:26:9 --from 2023-12-26 --as-of 2023-12-29 -f csv
