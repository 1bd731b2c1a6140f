contango run validate -q
