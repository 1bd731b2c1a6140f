contango ticker parse "CL1 Comdty" --json
