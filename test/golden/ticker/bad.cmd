contango ticker validate "CLA5 Comdty" --as-of 2023-12-29 --json
