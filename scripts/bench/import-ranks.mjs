import { join } from 'node:path'
import { contango, spread, timed } from './spawn.mjs'

const ROUNDS = 5

/** Import of the rank file into an empty lake: whole process, wall time and peak resident memory. */
export function importRanks({ folder, ranks }) {
  const runs = Array.from({ length: ROUNDS }, (_, round) => {
    const home = join(folder, `import-${round}`)
    timed(contango('init', home))
    return timed(contango('fetch', 'csv', ranks.path, '--quiet'), { home, usageFile: join(folder, `usage-${round}`) })
  })
  const cpu = spread(runs.map(({ cpuMs }) => cpuMs))
  return [
    {
      what: 'fetch csv, whole process',
      unit: 'ms',
      target: 1500,
      ...spread(runs.map(({ ms }) => ms)),
      note: `${cpu.value.toFixed(0)} ms of processor`,
    },
    { what: 'fetch csv, peak memory', unit: 'MB', target: 300, ...spread(runs.map(({ peakMb }) => peakMb)) },
  ]
}
