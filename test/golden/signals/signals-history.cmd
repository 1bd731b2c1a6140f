contango signals brent --history 2023-12-26..2023-12-29 --signal momentum --signal term-structure -f csv
