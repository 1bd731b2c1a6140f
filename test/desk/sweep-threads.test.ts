import { expect, it } from 'vitest'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { worthThreads, type Sweep } from '../../src/lib/desk/sweep-cells-on.js'
import { parseObjective } from '../../src/lib/optimize/objective/objective.js'
import { goldenBars, plainly, settings } from '../backtest/golden-bars.js'

const bars = goldenBars()
const count = bars.close.length

function sweepOf(others: object): Sweep {
  return {
    instrument: plainly(bars),
    strategy: strategyNamed('ma-crossover'),
    settings: settings({}, others),
    plan: {
      sample: { from: 0, until: count },
      trains: [],
      innerFolds: 1,
      objective: parseObjective('sharpe', 0, []),
    },
    threads: null,
  }
}

it('a search is shared between threads where its cells are many, or few and slow', () => {
  const [quick, slow] = [sweepOf({}), sweepOf({ stopLoss: 1 })]
  expect(count).toBe(2500)
  expect([2, 255, 256].map((cells) => worthThreads(quick, cells))).toEqual([false, false, true])
  // A bar of the engine takes about half a microsecond: 1.25 ms a cell.
  expect([1, 119, 120].map((cells) => worthThreads(slow, cells))).toEqual([false, false, true])
})
