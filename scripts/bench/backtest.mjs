import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { compile } from './compile.mjs'
import { contango, interleaved, spread, timed } from './spawn.mjs'

const SHORT = 10_000
const LONG = 1_000_000
const ROUNDS = 15
const DAY_MS = 86_400_000

/** A random walk of daily or of minute bars; the generator is Numerical Recipes' 32-bit one. */
function randomBars(bars, stepMs) {
  let state = 12345
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  const [timeMs, open, high, low, close] = Array.from({ length: 5 }, () => new Float64Array(bars))
  let price = 70
  for (let i = 0; i < bars; i++) {
    timeMs[i] = Date.UTC(1984, 0, 2) + i * stepMs
    open[i] = price
    price = Math.max(5, price + (uniform() + uniform() + uniform() - 1.5) * 0.8)
    close[i] = price
    high[i] = Math.max(open[i], price) + uniform() * 0.5
    low[i] = Math.min(open[i], price) - uniform() * 0.5
  }
  return { timeMs, open, high, low, close }
}

function csvOf({ timeMs, ...prices }) {
  const lines = Array.from(
    timeMs,
    (time, i) =>
      `${new Date(time).toISOString().slice(0, 10)},${Object.values(prices)
        .map((column) => column[i].toFixed(2))
        .join()}`,
  )
  return `date,open,high,low,close\n${lines.join('\n')}\n`
}

function parquetOf({ timeMs, ...prices }) {
  return Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'date', data: Array.from(timeMs, (time) => new Date(time)), type: 'TIMESTAMP' },
        ...Object.entries(prices).map(([name, data]) => ({ name, data, type: 'DOUBLE' })),
      ],
    }),
  )
}

/** The engine in process, orders, fills and records included; then the whole command on files of prices. */
export async function backtest(bench) {
  const { runBacktest, strategyNamed, MARKET_ORDERS, NO_COSTS } = (
    await compile(bench, 'scripts/bench/backtest-entry.ts')
  ).exports
  const settings = {
    ...MARKET_ORDERS,
    lots: 1,
    sizing: null,
    initialCapitalUsd: 1e6,
    multiplier: 1000,
    maintenanceMarginUsd: 0,
    costs: { ...NO_COSTS, commissionUsdPerLot: 2.5, slippagePrice: 0.01 },
  }
  const strategy = strategyNamed('ma-crossover')
  const times = (bars, rounds) =>
    Array.from({ length: rounds }, () => {
      const startedMs = performance.now()
      runBacktest(bars, strategy, { fast: 10, slow: 30, mode: 'state' }, settings)
      return performance.now() - startedMs
    })
  const daily = randomBars(SHORT, DAY_MS)
  const minutes = randomBars(LONG, 60_000)
  times(daily, 50)
  const short = times(daily, 50)
  times(minutes, 2)
  const long = times(minutes, 5)

  const files = { csv: join(bench.folder, 'bars.csv'), parquet: join(bench.folder, 'bars.parquet') }
  writeFileSync(files.csv, csvOf(daily))
  writeFileSync(files.parquet, parquetOf(minutes))
  const home = join(bench.folder, 'backtest-home')
  timed(contango('init', home))
  const command = (file) => contango('backtest', 'ma-crossover', '--prices', file, '--multiplier', '1000', '--json')
  const [empty, whole] = interleaved([{ args: ['-e', '0'] }, { args: command(files.csv), home }], ROUNDS)
  const big = Array.from({ length: 3 }, () =>
    timed(command(files.parquet), { home, usageFile: join(bench.folder, 'usage.json') }),
  )
  const [bars, manyBars] = [SHORT, LONG].map((count) => `${count.toLocaleString('en')} bars`)
  return [
    { what: `engine, ${bars}`, unit: 'ms', target: 1, ...spread(short) },
    { what: `engine, ${manyBars}`, unit: 'ms', target: 120, ...spread(long) },
    {
      what: `contango backtest ma-crossover --json, ${bars}, against node -e 0`,
      unit: '×',
      target: 4,
      ...spread(whole.map((ms, round) => ms / empty[round])),
      note: `${spread(whole).value.toFixed(0)} ms`,
    },
    {
      what: `the same, ${manyBars} of Parquet`,
      unit: 'ms',
      target: 1500,
      ...spread(big.map(({ ms }) => ms)),
    },
    {
      what: `the same: peak memory`,
      unit: 'MB',
      target: 400,
      ...spread(big.map(({ peakMb }) => peakMb)),
    },
  ]
}
