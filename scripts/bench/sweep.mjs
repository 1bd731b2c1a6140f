import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.mjs'
import { spread } from './spawn.mjs'

const BARS = 10_000
const PAIRS = 1000
const BEST_OF = 15
const TRIALS = 5000
const BLOCKS = 220

/** Time of the processor and not of the clock, as in the C program: one core, whoever else has it. */
function processorMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A random walk; the generator is Numerical Recipes' 32-bit one. */
function randomBars() {
  let state = 12345
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const [open, close] = [new Float64Array(BARS), new Float64Array(BARS)]
  let price = 70
  for (let i = 0; i < BARS; i++) {
    open[i] = price + (uniform() - 0.5) * 0.1
    price = Math.max(5, price + (uniform() + uniform() + uniform() - 1.5) * 0.8)
    close[i] = price
  }
  return { timeMs: open.map((_, i) => i * 864e5), open, high: close, low: close, close }
}

function pairs() {
  const found = []
  for (let fast = 2; found.length < PAIRS; fast++)
    for (let slow = fast + 5; slow < fast + 45 && found.length < PAIRS; slow++)
      found.push({ fast, slow, mode: 'state' })
  return found
}

/** Best time of the C loop over the same cells, and the highest Sharpe ratio that it found; null where there is no compiler. */
function inC({ root, folder }, bars, cells) {
  const program = join(folder, 'sweep-c')
  const built = spawnSync(process.env['CC'] ?? 'cc', ['-O3', '-o', program, join(root, 'scripts/bench/sweep.c'), '-lm'])
  if (built.error || built.status !== 0) return { c: null, why: 'there is no working cc here' }
  const data = join(folder, 'sweep.bin')
  const columns = [
    bars.open,
    bars.close,
    Float64Array.from(cells, ({ fast }) => fast),
    Float64Array.from(cells, ({ slow }) => slow),
  ]
  writeFileSync(data, Buffer.concat(columns.map(({ buffer }) => Buffer.from(buffer))))
  const { stdout, status } = spawnSync(program, [data, String(BARS), String(PAIRS)], { encoding: 'utf8' })
  return status === 0 ? { c: JSON.parse(stdout), why: '' } : { c: null, why: `the C program ended with ${status}` }
}

/** A thousand crossovers on ten thousand bars in one thread, against the same in C; and the statistics on what is kept of them. */
export async function sweep(bench) {
  const source = (await compile(bench, 'scripts/bench/sweep-entry.ts')).exports
  const bars = randomBars()
  const cells = pairs()
  const costs = { ...source.NO_COSTS, commissionUsdPerLot: 2.5, slippagePrice: 0.01 }
  const instrument = source.plainInstrument('bars', bars, 1000, costs, { initial: 0, maintenance: 0 })
  const settings = { ...source.MARKET_ORDERS, lots: 1, sizing: null, initialCapitalUsd: 1e6 }
  const runner = source.createCellRunner(instrument, source.strategyNamed('ma-crossover'), settings)
  const width = source.LEAN_METRICS.length
  const sharpe = source.LEAN_METRICS.indexOf('sharpe')
  const blocks = { sums: new Float64Array(BARS / 20), squares: new Float64Array(BARS / 20), offset: 0 }
  let highest = -Infinity
  const once = (metrics) => {
    const out = new Float64Array(width)
    const startedMs = processorMs()
    for (const values of cells) {
      runner.load(values)
      runner.run(0, BARS, { out, offset: 0, metrics }, blocks)
      highest = Math.max(highest, out[sharpe])
    }
    return processorMs() - startedMs
  }
  for (const metrics of ['fast', 'all', 'fast', 'all']) once(metrics)
  const fast = []
  const all = []
  for (let round = 0; round < BEST_OF; round++) {
    fast.push(once('fast'))
    all.push(once('all'))
  }
  const what = `${PAIRS.toLocaleString('en')} crossovers × ${BARS.toLocaleString('en')} bars`
  const { c, why } = inC(bench, bars, cells)
  const rows = [
    { what: `${what}, one core`, unit: 'ms', target: 60, ...spread(fast) },
    { what: `${what}, all ${width} metrics`, unit: 'ms', ...spread(all) },
  ]
  if (c === null) rows.push({ what: `${what}, against C -O3`, unit: '×', target: 2.5, value: null, note: why })
  else {
    const best = Math.min(...fast)
    if (Math.abs(c.highest / highest - 1) > 1e-6) throw new Error(`C finds ${c.highest}, the lean path ${highest}`)
    const note = `${best.toFixed(1)} ms against ${c.ms.toFixed(1)} ms`
    rows.push({ what: `${what}, against C -O3`, unit: '×', target: 2.5, value: best / c.ms, note })
  }
  return [...rows, ...statistics(source)]
}

/** Cross-validation and data snooping over trials that do nothing but noise. */
function statistics({ seededRng, stationaryWeights, cscv, snoopingMaxima }) {
  const rng = seededRng(1, 'bench')
  const sums = new Float64Array(TRIALS * BLOCKS)
  const squares = new Float64Array(TRIALS * BLOCKS)
  for (let i = 0; i < sums.length; i++) {
    sums[i] = 0.04 * rng.normal()
    squares[i] = 0.002 * (1 + rng.uniform())
  }
  const trials = { trials: TRIALS, bars: BLOCKS * 20, blocks: BLOCKS, sums, squares }
  const weights = stationaryWeights(BLOCKS, 1000, 2, rng)
  const timed = (work) => {
    work()
    return spread(
      Array.from({ length: 3 }, () => {
        const startedMs = processorMs()
        work()
        return processorMs() - startedMs
      }),
    )
  }
  const words = `${TRIALS.toLocaleString('en')} trials × ${BLOCKS} blocks`
  return [
    { what: `cross-validation, 12,870 splits, ${words}`, unit: 'ms', ...timed(() => cscv(trials, 16)) },
    {
      what: `reality check and SPA, 1,000 resamples, ${words}`,
      unit: 'ms',
      ...timed(() => snoopingMaxima(trials, weights)),
    },
  ]
}
