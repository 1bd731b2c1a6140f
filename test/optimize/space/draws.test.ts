import { describe, expect, it } from 'vitest'
import { strategyNamed } from '../../../src/lib/backtest/strategies.js'
import type { ParameterValues } from '../../../src/lib/backtest/strategy.js'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { placeOf, valueAt, type Dimension } from '../../../src/lib/optimize/space/dimension.js'
import { cellKey, latinHypercube, randomCells } from '../../../src/lib/optimize/space/draw-cells.js'
import { parseSearchSpace, type SearchSpace } from '../../../src/lib/optimize/space/search-space.js'
import { proposeCells, TPE_BATCH, type TrialScore } from '../../../src/lib/optimize/space/tree-parzen.js'

const space = parseSearchSpace(strategyNamed('ma-crossover'), ['--fast', '2:60', '--slow', '10:200'], ['slow>=2*fast'])
const wide = parseSearchSpace(strategyNamed('zscore-spread'), ['--entry', '0.5:4', '--exit', 'log:0.01:0.5'], [])

const keysOf = (of: SearchSpace, cells: readonly ParameterValues[]): string[] => cells.map((cell) => cellKey(of, cell))

describe('random cells', () => {
  it('are all allowed, each once, and equal for a seed', () => {
    const cells = randomCells(space, 500, seededRng(1, 'search'))
    expect(new Set(keysOf(space, cells)).size).toBe(500)
    expect(cells.every(space.allows)).toBe(true)
    expect(randomCells(space, 500, seededRng(1, 'search'))).toEqual(cells)
    expect(randomCells(space, 500, seededRng(2, 'search'))).not.toEqual(cells)
  })

  it('begin the same when more of them are wanted', () => {
    expect(randomCells(space, 900, seededRng(1, 'search')).slice(0, 500)).toEqual(
      randomCells(space, 500, seededRng(1, 'search')),
    )
  })

  it('are the whole space where it has no more', () => {
    const small = parseSearchSpace(strategyNamed('ma-crossover'), ['--fast', '2:5', '--slow', '4:6'], [])
    // 12 combinations less 4/4, 5/4, 5/5.
    expect(randomCells(small, 50, seededRng(1, 'search')).length).toBe(9)
  })

  it('refuse a space in which nothing is allowed', () => {
    const none = parseSearchSpace(strategyNamed('ma-crossover'), ['--fast', '2:5'], ['fast>slow'])
    expect(() => randomCells(none, 10, seededRng(1, 'search'))).toThrow(/none of \d+ combinations is left/)
  })
})

describe('latin hypercube', () => {
  it('has one draw in each of forty shares of each range', () => {
    const cells = latinHypercube(wide, 40, seededRng(3, 'search'))
    expect(cells.length).toBe(40)
    for (const name of ['entry', 'exit']) {
      const dimension = wide.dimensions.find((one) => one.name === name)
      if (!dimension) throw new Error(name)
      const shares = cells.map((cell) => Math.floor(placeOf(dimension, cell[name]) * 40 + 1e-7))
      expect(new Set(shares).size).toBe(40)
    }
  })

  it('fills up where a rule excludes some of it', () => {
    const cells = latinHypercube(space, 300, seededRng(4, 'search'))
    expect(cells.length).toBe(300)
    expect(cells.every(space.allows)).toBe(true)
  })
})

describe('places in the unit interval', () => {
  const dimensions: Dimension[] = [
    { name: 'a', kind: 'values', values: [5, 10, 15] },
    { name: 'b', kind: 'interval', low: -2, high: 6, log: false, whole: false },
    { name: 'c', kind: 'interval', low: 0.01, high: 10, log: true, whole: false },
    { name: 'd', kind: 'interval', low: 1, high: 4, log: false, whole: true },
    { name: 'e', kind: 'interval', low: 1, high: 100, log: true, whole: true },
  ]

  it('lead to a value and back to its place', () => {
    for (const dimension of dimensions) {
      for (const place of [0.001, 0.2, 0.5, 0.73, 0.999]) {
        const value = valueAt(dimension, place)
        expect(valueAt(dimension, placeOf(dimension, value))).toBe(value)
      }
    }
    expect(valueAt(dimensions[1], 0.5)).toBe(2)
    expect(valueAt(dimensions[2], 1 / 3)).toBeCloseTo(0.1, 12)
  })

  it('give each whole number an equal share', () => {
    const counts = new Map<number | string, number>()
    for (let i = 0; i < 4000; i++) {
      const value = valueAt(dimensions[3], (i + 0.5) / 4000)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    expect([...counts.entries()]).toEqual([1, 2, 3, 4].map((value) => [value, 1000]))
  })
})

describe('tree-structured Parzen estimators', () => {
  /** A hill at entry 2.2 and exit 0.05, NaN on a strip. */
  const hill = (values: ParameterValues): number => {
    const [entry, exit] = [Number(values['entry']), Math.log10(Number(values['exit']))]
    return entry > 3.8 ? Number.NaN : -((entry - 2.2) ** 2) - (exit + 1.3) ** 2
  }
  const search = (trials: number, seed: number): TrialScore[] => {
    const history: TrialScore[] = []
    while (history.length < trials) {
      const batch = proposeCells(wide, history, seed)
      history.push(...batch.map((values) => ({ values, score: hill(values) })))
    }
    return history
  }
  const best = (history: readonly TrialScore[]): number =>
    Math.max(...history.map(({ score }) => score).filter((score) => !Number.isNaN(score)))

  it('comes nearer to the top in 96 trials than random draws do, on most seeds', () => {
    let nearer = 0
    for (let seed = 0; seed < 15; seed++) {
      const random = randomCells(wide, 96, seededRng(seed, 'search')).map((values) => ({ values, score: hill(values) }))
      if (best(search(96, seed)) > best(random)) nearer++
    }
    expect(nearer).toBeGreaterThanOrEqual(11)
  })

  it('proposes eight at a time, none twice, the same again for the same past', () => {
    const history = search(64, 5)
    expect(
      new Set(
        keysOf(
          wide,
          history.map(({ values }) => values),
        ),
      ).size,
    ).toBe(64)
    const again = proposeCells(wide, history.slice(0, 40), 5)
    expect(again.length).toBe(TPE_BATCH)
    expect(again).toEqual(history.slice(40, 48).map(({ values }) => values))
  })

  it('tries everything where there is little, and then has no more', () => {
    const small = parseSearchSpace(
      strategyNamed('ma-crossover'),
      ['--fast', '2:8', '--slow', '9:12', '--mode', 'state,cross'],
      ['fast!=5'],
    )
    const history: TrialScore[] = []
    for (let batch = 0; batch < 20; batch++) {
      history.push(
        ...proposeCells(small, history, 1).map((values) => ({
          values,
          score: Number(values['slow']) * (values['mode'] === 'cross' ? 2 : 1),
        })),
      )
    }
    expect(history.length).toBe(6 * 4 * 2)
    expect(history.every(({ values }) => values['fast'] !== 5)).toBe(true)
    expect(proposeCells(small, history, 1)).toEqual([])
  })
})
