contango stress --book example --as-of 2023-12-29 --scenario neg_wti
