contango contracts brent --from 2016-02 --to 2016-05 --json
