import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.mjs'
import { spread } from './spawn.mjs'

const BARS = 1_000_000
const ROUNDS = 5
const BEST_OF = 15
/** What TA-Lib's file of figures has. */
const ALL = (
  'sma:10 sma:30 ema:12 ema:26 wma:10 dema:10 tema:10 kama:10 rsi:14 macd:12:26:9 bollinger:20:2 ' +
  'standard-deviation:20 true-range atr:14 natr:14 stochastic:14:3:3 stochastic-fast:14:3 stochastic-rsi:14:14:3 ' +
  'williams-r:14 roc:10 momentum:10 obv adx:14 adxr:14 plus-di:14 minus-di:14 cci:20 mfi:14 aroon:14 sar:0.02:0.2 ' +
  'linear-regression:14 linear-regression-slope:14 donchian:20 keltner:20:10:2 ad trix:10 ultimate:7:14:28 correlation:30'
).split(' ')
const AGAINST_C = ['sma:20', 'rsi:14', 'atr:14', 'macd:12:26:9']

/** A random walk with ranges and volumes; the generator is Numerical Recipes' 32-bit one. */
function randomBars() {
  let state = 12345
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(BARS))
  let price = 70
  for (let i = 0; i < BARS; i++) {
    open[i] = price
    price = Math.max(5, price + (uniform() + uniform() + uniform() - 1.5) * 0.8)
    close[i] = price
    high[i] = Math.max(open[i], price) + uniform() * 0.5
    low[i] = Math.min(open[i], price) - uniform() * 0.5
    volume[i] = 1 + Math.floor(uniform() * 300_000)
  }
  return { open, high, low, close, volume }
}

/** Best times of the C kernels in ms by request; null with the reason where there is no compiler. */
function inC({ root, folder }, { high, low, close }) {
  const program = join(folder, 'indicators-c')
  const built = spawnSync(process.env['CC'] ?? 'cc', ['-O2', '-o', program, join(root, 'scripts/bench/indicators.c')])
  if (built.error || built.status !== 0) return { times: null, why: 'there is no working cc here' }
  const data = join(folder, 'bars.bin')
  writeFileSync(data, Buffer.concat([high, low, close].map(({ buffer }) => Buffer.from(buffer))))
  const { stdout, status } = spawnSync(program, [data, String(BARS)], { encoding: 'utf8' })
  return status === 0
    ? { times: JSON.parse(stdout), why: '' }
    : { times: null, why: `the C program ended with ${status}` }
}

/** Indicators over a million bars on one core, and the ratio to C for four of them (best of 15 each, in turns). */
export async function indicators(bench) {
  const { computeIndicator, parseIndicator } = (await compile(bench, 'scripts/bench/indicators-entry.ts')).exports
  const bars = randomBars()
  const once = (request) => {
    const { indicator, params } = parseIndicator(request)
    const startedMs = performance.now()
    computeIndicator(indicator, bars, params)
    return performance.now() - startedMs
  }
  for (const request of ALL) once(request)
  const totals = Array.from({ length: ROUNDS }, () => ALL.reduce((sum, request) => sum + once(request), 0))
  const single = Array.from({ length: BEST_OF }, () => once('rsi:14'))
  const rows = [
    { what: `${ALL.length} indicators on 1,000,000 bars`, unit: 'ms', target: 1000, ...spread(totals) },
    { what: 'rsi:14 on 1,000,000 bars', unit: 'ms', target: 12, ...spread(single) },
  ]
  const { times, why } = inC(bench, bars)
  for (const request of AGAINST_C) {
    const what = `${request}, against C -O2`
    if (times === null) {
      rows.push({ what, unit: '×', target: 2.5, value: null, note: why })
      continue
    }
    const best = Math.min(...Array.from({ length: BEST_OF }, () => once(request)))
    const note = `${best.toFixed(2)} ms against ${times[request].toFixed(2)} ms`
    rows.push({ what, unit: '×', target: 2.5, value: best / times[request], note })
  }
  return rows
}
