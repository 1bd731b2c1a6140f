import { Bench } from 'tinybench'
import { compile } from './compile.mjs'

const POSITIONS = 250
const DAYS = 4000

/** Historical VaR and ES of a large book, in process: from the P&L of each position on each day. */
export async function historicalVar(bench) {
  const { totalPnl, historical, RISK_DEFAULTS } = (await compile(bench, 'scripts/bench/historical-var-entry.ts'))
    .exports
  const pnlUsd = Array.from({ length: POSITIONS }, (_, i) =>
    Float64Array.from({ length: DAYS }, (_, t) => 1e4 * Math.sin((i + 1) * 0.7 + t * (1 + i / 97)) ** 3),
  )
  const matrix = {
    positions: pnlUsd.map((_, i) => `P${i}`),
    days: Int32Array.from({ length: DAYS }, (_, t) => t),
    pnlUsd,
    exposureUsd: new Float64Array(POSITIONS).fill(1e6),
  }
  const once = () => {
    const total = totalPnl(matrix)
    const sample = { pnlUsd: total, percent: total, usdPerPercent: 1, logarithmic: false }
    const fitted = historical.fit(sample, RISK_DEFAULTS)
    return [0.95, 0.99].map((confidence) => fitted.at(confidence))
  }
  const timing = new Bench({ time: 1000, iterations: 20, warmupTime: 100 })
  timing.add('historical', once)
  await timing.run()
  const { latency } = timing.tasks[0].result
  const what = '250 positions × 4,000 days'
  return [{ what, unit: 'ms', target: 50, value: latency.p50, min: latency.min, max: latency.max }]
}
