import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { blockCount } from '../../../src/lib/backtest/lean/block-sums.js'
import { createCellRunner } from '../../../src/lib/backtest/lean/cell-runner.js'
import { LEAN_METRICS } from '../../../src/lib/backtest/lean/lean-metrics.js'
import { SWEEP_ENGINE } from '../../../src/lib/desk/sweep-cells-on.js'
import { ON_BARS_ALONE } from '../on-bars-alone.js'
import { caseRng, someSettings, someValues, traded, walk } from './lean-cases.js'

/** What a cell keeps by engine version: metrics and block sums to ten digits, of every strategy on ten histories. */
const CELLS: Readonly<Record<string, string>> = {
  '3': '7ae6230f4f156730',
}

it('cells that are kept come out as their engine version says: whoever changes them raises SWEEP_ENGINE', () => {
  const hash = createHash('sha256')
  hash.update(LEAN_METRICS.join())
  for (const strategy of ON_BARS_ALONE) {
    for (let seed = 0; seed < 10; seed++) {
      const rng = caseRng(seed)
      const bars = walk(120 + rng.integer(200), rng)
      const values = someValues(strategy, rng)
      const [instrument, account] = traded(bars, someSettings(rng))
      const runner = createCellRunner(instrument, strategy, account)
      const metrics = new Float64Array(LEAN_METRICS.length)
      const length = blockCount(bars.close.length)
      const blocks = { sums: new Float64Array(length), squares: new Float64Array(length), offset: 0 }
      runner.load(values)
      runner.run(0, bars.close.length, { out: metrics, offset: 0, metrics: 'all' }, blocks)
      for (const numbers of [metrics, blocks.sums, blocks.squares])
        hash.update(Array.from(numbers, (value) => (Math.abs(value) < 1e-12 ? '0' : value.toPrecision(10))).join())
    }
  }
  expect(hash.digest('hex').slice(0, 16)).toBe(CELLS[SWEEP_ENGINE])
})
