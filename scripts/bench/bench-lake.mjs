import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { contango, timed } from './spawn.mjs'

/** A workspace whose lake holds the rank file; made once a run. */
export function benchLake({ folder, ranks }) {
  const home = join(folder, 'lake')
  if (!existsSync(home)) {
    timed(contango('init', home))
    timed(contango('fetch', 'csv', ranks.path, '--quiet'), { home })
  }
  return home
}
