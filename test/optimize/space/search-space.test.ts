import { describe, expect, it } from 'vitest'
import { strategyNamed } from '../../../src/lib/backtest/strategies.js'
import type { Strategy } from '../../../src/lib/backtest/strategy.js'
import { ContangoError } from '../../../src/lib/kernel/errors.js'
import { parseConstraint } from '../../../src/lib/optimize/space/constraint.js'
import { createGrid } from '../../../src/lib/optimize/space/grid.js'
import { parseSearchSpace, searchedDimensions } from '../../../src/lib/optimize/space/search-space.js'

const crossover = strategyNamed('ma-crossover')
const reversion = strategyNamed('zscore-spread')

const valuesOf = (strategy: Strategy, words: string, name: string): unknown => {
  const dimension = parseSearchSpace(strategy, words.split(' '), []).dimensions.find((one) => one.name === name)
  return dimension?.kind === 'values' ? dimension.values : dimension
}
const refusal = (run: () => unknown): ContangoError => {
  try {
    run()
  } catch (error) {
    if (error instanceof ContangoError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('search space', () => {
  it('reads a range with its stop, a list, single values, and keeps defaults', () => {
    const words = ['--fast', '5:20:5', '--slow=20,30,40,50']
    expect(parseSearchSpace(crossover, words, []).dimensions).toEqual([
      { name: 'fast', kind: 'values', values: [5, 10, 15, 20] },
      { name: 'slow', kind: 'values', values: [20, 30, 40, 50] },
      { name: 'mode', kind: 'values', values: ['state'] },
    ])
    expect(searchedDimensions(parseSearchSpace(crossover, words, [])).map(({ name }) => name)).toEqual(['fast', 'slow'])
  })

  it('stops at the last step before a stop that no step reaches, and counts whole numbers without a step', () => {
    expect(valuesOf(crossover, '--fast 5:21:5', 'fast')).toEqual([5, 10, 15, 20])
    expect(valuesOf(crossover, '--fast 3:6', 'fast')).toEqual([3, 4, 5, 6])
  })

  it('has 0.3 and not 0.30000000000000004 in 0.1:0.5:0.1', () => {
    expect(valuesOf(reversion, '--exit 0.1:0.5:0.1', 'exit')).toEqual([0.1, 0.2, 0.3, 0.4, 0.5])
  })

  it('steps by the logarithm with both ends: 0.01 to 10 in seven is half a decade each', () => {
    expect(valuesOf(reversion, '--entry log:0.01:10:7', 'entry')).toEqual([
      0.01, 0.0316227766017, 0.1, 0.316227766017, 1, 3.16227766017, 10,
    ])
    expect(valuesOf(crossover, '--fast log:1:100:3', 'fast')).toEqual([1, 10, 100])
  })

  it('mixes items, keeps the order in which they were typed, and drops repeats', () => {
    expect(valuesOf(crossover, '--fast 40,5:15:5,10', 'fast')).toEqual([40, 5, 10, 15])
    expect(valuesOf(crossover, '--mode cross,state', 'mode')).toEqual(['cross', 'state'])
  })

  it('leaves a range without a step to a search that draws', () => {
    expect(valuesOf(reversion, '--entry 0.5:3', 'entry')).toMatchObject({
      kind: 'interval',
      low: 0.5,
      high: 3,
      log: false,
    })
    expect(valuesOf(crossover, '--slow log:10:200', 'slow')).toMatchObject({ kind: 'interval', log: true, whole: true })
    expect(refusal(() => createGrid(parseSearchSpace(reversion, ['--entry', '0.5:3'], []))).message).toContain(
      'a grid needs one, as 0.5:3:STEP',
    )
  })

  it.each([
    ['--window 20', 'ma-crossover has no parameter "--window": it takes --fast, --slow, --mode'],
    ['--fast 0:10:5', '--fast takes a whole number from 1 to 100000, not "0"'],
    ['--fast 20:5:5', 'it is empty: 20 is above 5'],
    ['--fast 5:20:0', 'the step must be above 0, not 0'],
    ['--fast 5:20:0.5', 'the step must be a whole number, not 0.5'],
    ['--fast 5,,20', 'has an empty value'],
    ['--fast 5 --fast 6', '--fast is given twice'],
    ['--fast log:1:10:0', 'a whole number from 1 to'],
    ['--mode both', '--mode takes state or cross, not "both"'],
    ['--fast', '--fast needs a value'],
    ['--fast fünf', 'not "fünf"'],
  ])('refuses %s', (words, message) => {
    const error = refusal(() => parseSearchSpace(crossover, words.split(' '), []))
    expect(error.kind).toBe('usage')
    expect(error.message).toContain(message)
  })

  it('refuses a logarithm from zero and more values than anybody means', () => {
    expect(refusal(() => valuesOf(reversion, '--entry log:0:10:3', 'entry')).message).toContain('a start above 0')
    expect(refusal(() => valuesOf(reversion, '--entry 0:20:0.00001', 'entry')).message).toContain(
      'more than 100000 values',
    )
  })
})

describe('constraint', () => {
  const names = ['fast', 'slow', 'stop-loss']
  const holds = (text: string, values: Record<string, number>): boolean => parseConstraint(text, names).holds(values)

  it('compares sums and products of parameters and numbers', () => {
    expect(holds('fast<slow', { fast: 5, slow: 6 })).toBe(true)
    expect(holds('slow >= 2*fast + 5', { fast: 5, slow: 14 })).toBe(false)
    expect(holds('slow >= 2*(fast + 5)', { fast: 5, slow: 20 })).toBe(true)
    expect(holds('slow/fast >= 2.5', { fast: 4, slow: 10 })).toBe(true)
    expect(holds('-fast != -5', { fast: 5 })).toBe(false)
  })

  it('takes a chain as all of its parts, and a hyphen in a name as no minus', () => {
    expect(holds('5 < fast < slow', { fast: 6, slow: 7 })).toBe(true)
    expect(holds('5 < fast < slow', { fast: 6, slow: 6 })).toBe(false)
    expect(holds('stop-loss - fast > 0', { 'stop-loss': 3, fast: 2 })).toBe(true)
  })

  it('holds of nothing where it divides by zero', () => {
    expect(holds('slow/fast > 0', { fast: 0, slow: 1 })).toBe(false)
    expect(holds('slow/fast <= 1e9', { fast: 0, slow: 1 })).toBe(false)
  })

  it.each([
    ['fast', 'there is no comparison'],
    ['fast <', 'it ends too early'],
    ['fast < middle', '"middle" is no numeric parameter; there are fast, slow, stop-loss'],
    ['(fast < slow', 'a bracket is not closed'],
    ['fast slow', '"slow" stands where a comparison should'],
    ['fast < * 2', '"*" stands where a number or a parameter should'],
  ])('refuses "%s"', (text, message) => {
    expect(refusal(() => parseConstraint(text, names)).message).toContain(message)
  })
})

describe('grid', () => {
  const space = parseSearchSpace(crossover, ['--slow', '20,30', '--fast', '5:25:10', '--mode', 'state,cross'], [])

  it('runs through the parameters in the order of the strategy, the last one fastest', () => {
    const grid = createGrid(space)
    // 25/20 is excluded by the strategy itself, twice.
    expect([grid.cells, grid.excluded]).toEqual([10, 2])
    expect(Array.from({ length: 5 }, (_, cell) => Object.values(grid.valuesAt(cell)))).toEqual([
      [5, 20, 'state'],
      [5, 20, 'cross'],
      [5, 30, 'state'],
      [5, 30, 'cross'],
      [15, 20, 'state'],
    ])
  })

  it('finds a cell by its parameters, and none that it does not have', () => {
    const grid = createGrid(space)
    for (let cell = 0; cell < grid.cells; cell++) expect(grid.cellOf(grid.valuesAt(cell))).toBe(cell)
    expect(grid.cellOf({ fast: 25, slow: 20, mode: 'state' })).toBe(-1)
    expect(grid.cellOf({ fast: 7, slow: 20, mode: 'state' })).toBe(-1)
  })

  it('leaves out what a constraint excludes, and says so where it excludes all', () => {
    const words = ['--fast', '5:20:5', '--slow', '20,30']
    expect(createGrid(parseSearchSpace(crossover, words, ['slow >= 4*fast'])).cells).toBe(2)
    const error = refusal(() => createGrid(parseSearchSpace(crossover, words, ['slow > 100'])))
    expect(error.code).toBe('EMPTY_GRID')
    expect(error.message).toContain('none of 8 combinations is left: "slow > 100" or ma-crossover itself')
    expect(refusal(() => createGrid(parseSearchSpace(crossover, ['--fast', '50', '--slow', '20'], []))).code).toBe(
      'EMPTY_GRID',
    )
  })

  it('is one cell where nothing is searched', () => {
    expect(createGrid(parseSearchSpace(strategyNamed('buy-hold'), [], [])).cells).toBe(1)
  })

  it('refuses more than twenty million combinations with a way out', () => {
    const error = refusal(() => createGrid(parseSearchSpace(crossover, ['--fast', '1:9000', '--slow', '2:9000'], [])))
    expect(error.code).toBe('GRID_TOO_LARGE')
    expect(error.hint).toContain('random')
  })
})
