contango contracts wti --from 2020-01 --to 2020-12 -f csv
