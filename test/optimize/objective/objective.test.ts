import { describe, expect, it } from 'vitest'
import { LEAN_METRICS } from '../../../src/lib/backtest/lean/lean-metrics.js'
import { ContangoError } from '../../../src/lib/kernel/errors.js'
import { bestCell, noBestCell, parseObjective, scoreOf } from '../../../src/lib/optimize/objective/objective.js'
import { paretoFront } from '../../../src/lib/optimize/objective/pareto-front.js'

const WIDTH = LEAN_METRICS.length
/** Cells from a few metrics each, the others 0. */
function cells(...rows: Readonly<Record<string, number>>[]): Float64Array {
  const metrics = new Float64Array(rows.length * WIDTH)
  rows.forEach((row, cell) => {
    for (const [name, value] of Object.entries(row)) metrics[cell * WIDTH + LEAN_METRICS.indexOf(name)] = value
  })
  return metrics
}

describe('objective', () => {
  it('knows that more of a Sharpe ratio and of a (negative) drawdown is better, and less of an ulcer index', () => {
    const directions = parseObjective('sharpe,maxDrawdown,ulcerIndex,max:annualVol', 0, []).goals
    expect(directions.map(({ metric, direction }) => `${direction} ${metric}`)).toEqual([
      'max sharpe',
      'max maxDrawdown',
      'min ulcerIndex',
      'max annualVol',
    ])
  })

  it('takes penalties off, and chooses no cell with too few trades', () => {
    const objective = parseObjective('sharpe', 30, ['turnoverLotsPerYear:0.01'])
    const metrics = cells(
      { sharpe: 1, trades: 30, turnoverLotsPerYear: 40 },
      { sharpe: 2, trades: 29 },
      { sharpe: 1.1, trades: 100, turnoverLotsPerYear: 80 },
      { sharpe: Number.NaN, trades: 50 },
    )
    const scores = Float64Array.from([0, 1, 2, 3], (cell) => scoreOf(objective, metrics, cell * WIDTH))
    expect(scores[0]).toBeCloseTo(0.6, 12)
    expect(scores[1]).toBeNaN()
    expect(scores[2]).toBeCloseTo(0.3, 12)
    expect(scores[3]).toBeNaN()
    expect(bestCell(scores)).toBe(0)
    expect(scoreOf(parseObjective('min:annualVol', 0, []), cells({ annualVol: 0.2 }), 0)).toBe(-0.2)
  })

  it('has no best cell where the metric is undefined everywhere, and says which', () => {
    expect(bestCell(Float64Array.of(Number.NaN, Number.NaN))).toBe(-1)
    expect(bestCell(Float64Array.of(Number.NaN, -1, -1))).toBe(1)
    const error = noBestCell(parseObjective('profitFactor', 10, []), 12)
    expect([error.kind, error.code]).toEqual(['numeric', 'METRIC_UNDEFINED'])
    expect(error.message).toBe(
      'profitFactor: undefined in each of 12 cells over the sample, or it has fewer than 10 trades there',
    )
    expect(noBestCell(parseObjective('calmar', 0, []), 1, 'the search of fold 2').message).toBe(
      'calmar: undefined in the one cell over the search of fold 2',
    )
  })

  it.each([
    ['sharp', [], 'there is no metric "sharp"; there are totalReturn, cagr'],
    ['', [], 'there is no metric ""'],
    ['sharpe,sharpe', [], 'names sharpe twice'],
    ['sharpe', ['turnover'], '--penalty takes METRIC:WEIGHT, not "turnover"'],
    ['sharpe', ['turnover:1'], '--penalty: there is no metric "turnover"'],
  ])('refuses %s %s', (target, penalties, message) => {
    expect(() => parseObjective(target, 0, penalties)).toThrow(ContangoError)
    expect(() => parseObjective(target, 0, penalties)).toThrow(message)
  })
})

describe('front of several goals', () => {
  const objective = parseObjective('sharpe,maxDrawdown', 0, [])

  it('has the cells that no other beats: of (1, −0.2), (0.8, −0.1), (0.7, −0.15), (1, −0.3), (0.8, −0.1) the first two', () => {
    const metrics = cells(
      { sharpe: 0.8, maxDrawdown: -0.1 },
      { sharpe: 0.7, maxDrawdown: -0.15 },
      { sharpe: 1, maxDrawdown: -0.3 },
      { sharpe: 1, maxDrawdown: -0.2 },
      { sharpe: 0.8, maxDrawdown: -0.1 },
    )
    expect(paretoFront(objective, metrics, WIDTH, new Float64Array(5))).toEqual([3, 0])
  })

  it('has none that may not be chosen, or lacks one of the goals', () => {
    const metrics = cells({ sharpe: 1 }, { sharpe: 2 }, { sharpe: 3, maxDrawdown: Number.NaN })
    expect(paretoFront(objective, metrics, WIDTH, Float64Array.of(0, Number.NaN, 0))).toEqual([0])
  })

  it('is the same as comparing every cell with every other', () => {
    let state = 9
    const uniform = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
    const round = (value: number): number => Math.round(value * 8) / 8
    const three = parseObjective('sharpe,maxDrawdown,ulcerIndex', 0, [])
    const rows = Array.from({ length: 300 }, () => ({
      sharpe: round(uniform()),
      maxDrawdown: -round(uniform()),
      ulcerIndex: round(uniform()),
    }))
    const metrics = cells(...rows)
    const asGood = (a: number, b: number): boolean =>
      rows[a].sharpe >= rows[b].sharpe &&
      rows[a].maxDrawdown >= rows[b].maxDrawdown &&
      rows[a].ulcerIndex <= rows[b].ulcerIndex
    const slow = rows.flatMap((_, cell) =>
      rows.some((_, other) => asGood(other, cell) && (!asGood(cell, other) || other < cell)) ? [] : [cell],
    )
    const front = paretoFront(three, metrics, WIDTH, new Float64Array(300))
    expect([...front].sort((a, b) => a - b)).toEqual(slow)
  })
})
