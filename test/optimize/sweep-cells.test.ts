import { describe, expect, it } from 'vitest'
import { createCellRunner } from '../../src/lib/backtest/lean/cell-runner.js'
import { LEAN_METRICS } from '../../src/lib/backtest/lean/lean-metrics.js'
import { barsUntil } from '../../src/lib/backtest/price-bars.js'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { bestCell, parseObjective, scoreOf } from '../../src/lib/optimize/objective/objective.js'
import { innerWindows, walkForwardFolds } from '../../src/lib/optimize/folds/walk-forward.js'
import { createGrid } from '../../src/lib/optimize/space/grid.js'
import { parseSearchSpace } from '../../src/lib/optimize/space/search-space.js'
import { sampleBlocks, sweepCells, type SweepPlan, type SweepResults } from '../../src/lib/optimize/sweep-cells.js'
import { goldenBars, plainly, settings } from '../backtest/golden-bars.js'

const bars = goldenBars()
const strategy = strategyNamed('ma-crossover')
const grid = createGrid(parseSearchSpace(strategy, ['--fast', '5:25:5', '--slow', '20:100:20'], ['fast<slow']))
const trains = walkForwardFolds({
  from: 0,
  until: 2500,
  mode: 'rolling',
  folds: 4,
  inSample: 0.6,
  purge: 0,
  embargo: 0,
  warmUp: 100,
}).map(({ train }) => train)
const plan: SweepPlan = {
  sample: { from: 0, until: 2500 },
  trains,
  innerFolds: 1,
  objective: parseObjective('sharpe', 5, []),
}
const costs = { commissionUsdPerLot: 2.5, slippagePrice: 0.01 }
const runner = () => createCellRunner(plainly(bars, costs), strategy, settings())

function empty(of: SweepPlan): SweepResults {
  const blocks = sampleBlocks(of)
  return {
    metrics: new Float64Array(grid.cells * LEAN_METRICS.length),
    foldScores: new Float64Array(grid.cells * of.trains.length),
    sums: new Float64Array(grid.cells * blocks),
    squares: new Float64Array(grid.cells * blocks),
  }
}

function sweep(of: SweepPlan, parts: readonly (readonly [number, number])[]): SweepResults {
  const results = empty(of)
  for (const [from, until] of parts) sweepCells(runner(), of, grid.valuesAt, from, until, results)
  return results
}

describe('sweep of cells', () => {
  const whole = sweep(plan, [[0, grid.cells]])

  it('is the same to the last bit in one part, in several, and in another order', () => {
    const parts = sweep(plan, [
      [17, grid.cells],
      [0, 3],
      [3, 17],
    ])
    expect(parts).toEqual(whole)
  })

  it('scores a training window by its own bars alone: what comes after changes nothing', () => {
    const cut = createCellRunner(plainly(barsUntil(bars, trains[1].until), costs), strategy, settings())
    const row = new Float64Array(LEAN_METRICS.length)
    for (let cell = 0; cell < grid.cells; cell++) {
      cut.load(grid.valuesAt(cell))
      cut.run(trains[1].from, trains[1].until, { out: row, offset: 0, metrics: 'fast' })
      expect(whole.foldScores[cell * 4 + 1]).toBe(scoreOf(plan.objective, row, 0))
    }
  })

  it('keeps block sums that add up to the mean return of the metrics', () => {
    const blocks = sampleBlocks(plan)
    expect(blocks).toBe(125)
    const annual = LEAN_METRICS.indexOf('meanReturnAnnual')
    for (let cell = 0; cell < grid.cells; cell++) {
      let sum = 0
      for (let at = cell * blocks; at < (cell + 1) * blocks; at++) sum += whole.sums[at]
      expect((sum / 2499) * 252).toBeCloseTo(whole.metrics[cell * LEAN_METRICS.length + annual], 12)
    }
  })

  it('scores a nested search by the mean over the parts of a window', () => {
    const nested = sweep({ ...plan, innerFolds: 3, objective: parseObjective('totalReturn', 0, []) }, [[0, grid.cells]])
    const row = new Float64Array(LEAN_METRICS.length)
    const single = runner()
    single.load(grid.valuesAt(4))
    const parts = innerWindows(trains[2], 3).map(({ from, until }) => {
      single.run(from, until, { out: row, offset: 0, metrics: 'fast' })
      return row[LEAN_METRICS.indexOf('totalReturn')]
    })
    expect(nested.foldScores[4 * 4 + 2]).toBeCloseTo((parts[0] + parts[1] + parts[2]) / 3, 15)
  })

  it('measures what is not fast too where the search asks for it', () => {
    const sortino = sweep({ ...plan, objective: parseObjective('sortino', 0, []) }, [[0, 2]])
    expect(Number.isFinite(sortino.foldScores[0])).toBe(true)
    expect(bestCell(sortino.foldScores.subarray(0, 4))).toBeGreaterThanOrEqual(0)
  })
})
