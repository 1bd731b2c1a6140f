import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contango, spread, timed } from './spawn.mjs'

const BARS = 4400
const ROUNDS = 2
/** 20,000 and 100,000 cells. */
const PART = ['--fast', '2:41:1', '--slow', '202:701:1']
const WHOLE = ['--fast', '2:201:1', '--slow', '202:701:1']

/** Seventeen years of days that go nowhere; the generator is Numerical Recipes' 32-bit one. */
function writeBars(file) {
  let state = 12345
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const rows = ['date,open,high,low,close']
  let close = 70
  for (let i = 0; i < BARS; i++) {
    const open = close + (uniform() - 0.5) * 0.1
    close = Math.max(5, close + (uniform() + uniform() + uniform() - 1.5) * 0.8)
    const day = new Date(Date.UTC(2005, 0, 3 + i)).toISOString().slice(0, 10)
    rows.push([day, open, Math.max(open, close), Math.min(open, close), close].join(','))
  }
  writeFileSync(file, `${rows.join('\n')}\n`)
}

/** Whole processes: 100,000 cells with four folds, every metric and all over-fitting statistics; and what a second worker brings. */
export function largeSearch(bench) {
  const prices = join(bench.folder, 'search-bars.csv')
  writeBars(prices)
  const search = (threads, grid) => {
    const flags = ['--prices', prices, '--no-store', '--threads', String(threads), '--json', '--quiet']
    return contango('optimize', 'ma-crossover', ...flags, '--', ...grid)
  }
  const shares = []
  for (let round = 0; round < ROUNDS; round++) shares.push(timed(search(2, PART)).ms / timed(search(1, PART)).ms)
  const whole = timed(search(2, WHOLE), { usageFile: join(bench.folder, 'search-usage') })
  const what = `100,000 cells × ${BARS.toLocaleString('en')} bars, two workers`
  const note = `${(whole.cpuMs / 1000).toFixed(0)} s of processor`
  return [
    { what: '20,000 cells, time with two workers ÷ with one', unit: '×', target: 1 / 1.7, ...spread(shares) },
    { what, unit: 's', target: 90, value: whole.ms / 1000, note },
    { what: `${what}, peak memory`, unit: 'MB', target: 600, value: whole.peakMb },
  ]
}
