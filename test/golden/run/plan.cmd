contango run daily-risk --dry-run --jobs 2 -q
