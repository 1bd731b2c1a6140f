import { join } from 'node:path'
import { benchLake } from './bench-lake.mjs'
import { contango, spread, timed } from './spawn.mjs'

const ROUNDS = 3
/** Those that need no iterative fit of a variance recursion. */
const METHODS = ['normal', 'student-t', 'cornish-fisher', 'ewma', 'historical', 'age-weighted', 'hull-white']

/** Back-test of WTI–Brent over the rank file less its first 500 days, fifteen years: whole process. */
export function varBacktest(bench) {
  const home = benchLake(bench)
  const held = [
    '--position',
    'CL01=1',
    '--position',
    'BRN01=-1',
    '--multiplier',
    'CL01=1000',
    '--multiplier',
    'BRN01=1000',
  ]
  const methods = METHODS.flatMap((method) => ['--method', method])
  const args = contango('var', 'backtest', '--prices', bench.ranks.path, ...held, ...methods, '--json', '--quiet')
  const runs = Array.from({ length: ROUNDS }, (_, round) =>
    timed(args, { home, usageFile: join(bench.folder, `backtest-${round}`) }),
  )
  const cpu = spread(runs.map(({ cpuMs }) => cpuMs))
  return [
    {
      what: `15 years, ${METHODS.length} methods, whole process`,
      unit: 'ms',
      target: 5000,
      ...spread(runs.map(({ ms }) => ms)),
      note: `${cpu.value.toFixed(0)} ms of processor`,
    },
  ]
}
