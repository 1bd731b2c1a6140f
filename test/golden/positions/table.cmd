contango positions --book example --as-of 2023-12-29
