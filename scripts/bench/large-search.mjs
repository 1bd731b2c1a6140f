import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.mjs'
import { contango, spread, timed } from './spawn.mjs'

const BARS = 4400
const ROUNDS = 2
const WARM_ROUNDS = 5
/** 20,000 and 100,000 cells. */
const PART = ['--fast', '2:41:1', '--slow', '202:701:1']
const WHOLE = ['--fast', '2:201:1', '--slow', '202:701:1']

/** Seventeen years of days that go nowhere; the generator is Numerical Recipes' 32-bit one. */
function someBars() {
  let state = 12345
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const [timeMs, open, high, low, close] = Array.from({ length: 5 }, () => new Float64Array(BARS))
  let price = 70
  for (let i = 0; i < BARS; i++) {
    timeMs[i] = Date.UTC(2005, 0, 3 + i)
    open[i] = price + (uniform() - 0.5) * 0.1
    price = Math.max(5, price + (uniform() + uniform() + uniform() - 1.5) * 0.8)
    close[i] = price
    high[i] = Math.max(open[i], price)
    low[i] = Math.min(open[i], price)
  }
  return { timeMs, open, high, low, close }
}

function writeBars({ timeMs, open, high, low, close }, file) {
  const rows = ['date,open,high,low,close']
  for (let i = 0; i < BARS; i++) {
    const day = new Date(timeMs[i]).toISOString().slice(0, 10)
    rows.push([day, open[i], high[i], low[i], close[i]].join(','))
  }
  writeFileSync(file, `${rows.join('\n')}\n`)
}

/** What a second worker brings to 5,000 cells and their tests, in one process whose workers have worked before. */
async function inProcess(bench, bars) {
  const { searchOf } = (await compile(bench, 'scripts/bench/search-entry.ts')).exports
  const cells = []
  for (let fast = 2; fast < 12; fast++)
    for (let slow = 202; slow < 702; slow++) cells.push({ fast, slow, mode: 'state' })
  const search = searchOf(join(bench.root, 'dist/worker-sweep.cjs'), bars, cells)
  const ms = async (threads) => {
    const startedMs = performance.now()
    await search(threads)
    return performance.now() - startedMs
  }
  for (const threads of [2, 1, 2]) await ms(threads)
  const shares = []
  let one = 0
  for (let round = 0; round < WARM_ROUNDS; round++) {
    const two = await ms(2)
    one = await ms(1)
    shares.push(two / one)
  }
  const what = `5,000 cells (${(one / 1000).toFixed(1)} s on one worker), two workers ÷ one`
  return { what, unit: '×', target: 1 / 1.7, ...spread(shares) }
}

/**
 * 100,000 cells with four folds, every metric and all over-fitting statistics; and what a second worker brings, to the work
 * and to whole processes.
 */
export async function largeSearch(bench) {
  const prices = join(bench.folder, 'search-bars.csv')
  const bars = someBars()
  writeBars(bars, prices)
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
    await inProcess(bench, bars),
    { what: '20,000 cells, whole processes, two workers ÷ one', unit: '×', ...spread(shares) },
    { what, unit: 's', target: 90, value: whole.ms / 1000, note },
    { what: `${what}, peak memory`, unit: 'MB', target: 600, value: whole.peakMb },
  ]
}
