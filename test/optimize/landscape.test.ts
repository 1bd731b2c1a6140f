import { describe, expect, it } from 'vitest'
import { strategyNamed } from '../../src/lib/backtest/strategies.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
import { parameterMap, parameterSpread, type MeasuredCells } from '../../src/lib/optimize/landscape.js'
import { randomCells } from '../../src/lib/optimize/space/draw-cells.js'
import { createGrid } from '../../src/lib/optimize/space/grid.js'
import { parseSearchSpace } from '../../src/lib/optimize/space/search-space.js'

const space = parseSearchSpace(
  strategyNamed('ma-crossover'),
  ['--fast', '20,5', '--slow', '10:30:10', '--mode', 'state,cross'],
  [],
)
const grid = createGrid(space)
const measured: MeasuredCells = {
  cells: grid.cells,
  valuesAt: grid.valuesAt,
  metricOf(cell) {
    const { fast, slow, mode } = grid.valuesAt(cell)
    if (slow === 10) return Number.NaN
    return Number(fast) + Number(slow) / 100 + (mode === 'cross' ? 1000 : 0)
  },
}

describe('landscape of a search', () => {
  it('maps two parameters, numbers ascending, with the best of the third, and null where nothing is', () => {
    const [fast, slow] = space.dimensions
    const map = parameterMap(fast, slow, measured, false)
    expect([map.x, map.y]).toEqual([
      { name: 'fast', labels: ['5', '20'] },
      { name: 'slow', labels: ['10', '20', '30'] },
    ])
    expect(map.values).toEqual([
      [null, null],
      [1005.2, null],
      [1005.3, 1020.3],
    ])
    expect(parameterMap(fast, slow, measured, true).values[2]).toEqual([5.3, 20.3])
    expect(map.placeOf({ fast: 20, slow: 30, mode: 'state' })).toEqual({ x: 1, y: 2 })
  })

  it('puts ten values into three bins that are named by their ends, where the cells are few', () => {
    const { dimensions } = parseSearchSpace(strategyNamed('ma-crossover'), ['--fast', '1:10', '--slow', '20,30'], [])
    const few: MeasuredCells = {
      cells: 3,
      valuesAt: (cell) => ({ fast: [1, 4, 10][cell], slow: 20 }),
      metricOf: (cell) => cell,
    }
    const map = parameterMap(dimensions[0], dimensions[1], few, false, 3)
    expect(map.x.labels).toEqual(['1–4', '5–7', '8–10'])
    expect(map.y.labels).toEqual(['20', '30'])
    expect(map.values[0]).toEqual([1, null, 2])
  })

  it('spreads a metric along one parameter: least, tenth, median, ninetieth and greatest of all cells there', () => {
    const slices = parameterSpread(space.dimensions[1], measured)
    expect(slices.labels).toEqual(['10', '20', '30'])
    expect([slices.min[0], slices.median[0]]).toEqual([null, null])
    expect([slices.min[1], slices.median[1], slices.max[1]]).toEqual([5.2, 505.2, 1005.2])
    expect(slices.p10[2]).toBeCloseTo(5.3 + 0.3 * 15, 9)
  })

  it('bins what may be any number, twenty at most', () => {
    const drawn = parseSearchSpace(strategyNamed('zscore-spread'), ['--entry', '1:3', '--window', 'log:10:14'], [])
    const cells = randomCells(drawn, 400, seededRng(1, 'search'))
    const all: MeasuredCells = { cells: 400, valuesAt: (i) => cells[i], metricOf: (i) => Number(cells[i]['entry']) }
    const [window, entry] = ['window', 'entry'].map((name) => drawn.dimensions.find((one) => one.name === name))
    if (!window || !entry) throw new Error('a dimension is missing')
    const slices = parameterSpread(entry, all)
    expect(slices.labels.length).toBe(20)
    expect(slices.labels[0]).toBe('1.05')
    slices.median.forEach((value, bin) => expect(Math.abs((value ?? 0) - (1.05 + 0.1 * bin))).toBeLessThan(0.05))
    expect(parameterSpread(window, all).labels.length).toBe(5)
  })
})
