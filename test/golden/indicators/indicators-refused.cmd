contango indicators wti --indicator atr:14 --basis settlements --as-of 2023-12-29
