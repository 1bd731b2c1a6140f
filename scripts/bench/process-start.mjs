import { benchLake } from './bench-lake.mjs'
import { contango, interleaved, spread } from './spawn.mjs'

const ROUNDS = 21

/** Whole processes as multiples of an empty Node process, round by round. */
export function processStart(bench) {
  const home = benchLake(bench)
  const commands = [
    { what: 'contango --version', args: contango('--version'), target: 1.3 },
    { what: 'contango --help', args: contango('--help'), target: 2.3 },
    { what: 'contango curve wti --json', args: contango('curve', 'wti', '--json'), target: 3.5 },
    { what: 'contango var --json', args: contango('var', '--book', 'example', '--json'), target: 5 },
  ].map((command) => ({ ...command, home }))
  const [empty, ...times] = interleaved([{ args: ['-e', '0'] }, ...commands], ROUNDS)
  const figures = commands.map(({ what, target }, at) => ({
    what,
    unit: '×',
    target,
    ...spread(times[at].map((ms, round) => ms / empty[round])),
    note: `${spread(times[at]).value.toFixed(0)} ms`,
  }))
  return [{ what: 'node -e 0', unit: 'ms', ...spread(empty) }, ...figures]
}
