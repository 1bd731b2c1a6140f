import { ContangoError } from '../../kernel/errors.js'
import { lowerBound } from '../../kernel/lower-bound.js'
import { badParameter } from '../../backtest/parameter-words.js'
import type { ParameterValues } from '../../backtest/strategy.js'
import type { SearchSpace } from './search-space.js'

/** Combinations that are looked through for those that are allowed. */
const MOST_COMBINATIONS = 20_000_000

/** Cells in a fixed order: that of the strategy's parameters, the last one fastest, each in the order in which it was typed. */
export interface Grid {
  /** Allowed cells. */
  readonly cells: number
  /** Combinations that a constraint or the strategy itself excludes. */
  readonly excluded: number
  /** Parameters of a cell, 0 to cells − 1. */
  readonly valuesAt: (cell: number) => ParameterValues
  /** Index of a cell by its parameters; −1 where the grid has no such cell. */
  readonly cellOf: (values: ParameterValues) => number
}

/** Every allowed combination; refuses a grid without any. */
export function createGrid(space: SearchSpace): Grid {
  const { dimensions, strategy } = space
  const columns = dimensions.map((dimension) => {
    if (dimension.kind === 'values') return dimension
    const { name, low, high } = dimension
    const hint = dimension.log ? `log:${low}:${high}:COUNT` : `${low}:${high}:STEP`
    throw badParameter(strategy, `--${name} has no step: a grid needs one, as ${hint}`, name)
  })
  const combinations = columns.reduce((product, { values }) => product * values.length, 1)
  if (combinations > MOST_COMBINATIONS) {
    throw new ContangoError(
      'usage',
      'GRID_TOO_LARGE',
      `the grid has ${combinations} combinations, more than ${MOST_COMBINATIONS}`,
      'larger steps, or --search random',
      { combinations },
    )
  }
  const combination = (index: number): ParameterValues => {
    const values: Record<string, number | string> = {}
    let rest = index
    for (let d = columns.length - 1; d >= 0; d--) {
      const { name, values: choices } = columns[d]
      values[name] = choices[rest % choices.length]
      rest = Math.floor(rest / choices.length)
    }
    return Object.fromEntries(columns.map(({ name }) => [name, values[name]]))
  }
  const allowed: number[] = []
  for (let index = 0; index < combinations; index++) if (space.allows(combination(index))) allowed.push(index)
  if (allowed.length === 0) throw nothingAllowed(space, combinations)
  const index = Int32Array.from(allowed)
  return {
    cells: index.length,
    excluded: combinations - index.length,
    valuesAt: (cell) => combination(index[cell]),
    cellOf(values) {
      let at = 0
      for (const { name, values: choices } of columns) {
        const place = choices.indexOf(values[name])
        if (place < 0) return -1
        at = at * choices.length + place
      }
      const found = lowerBound(index, at)
      return index[found] === at ? found : -1
    },
  }
}

/** Says which rule leaves nothing over. */
export function nothingAllowed({ constraints, strategy }: SearchSpace, combinations: number): ContangoError {
  const rules = constraints.map(({ text }) => `"${text}"`)
  return new ContangoError(
    'usage',
    'EMPTY_GRID',
    `none of ${combinations} combinations is left: ${rules.length > 0 ? `${rules.join(', ')} or ` : ''}${strategy.name} itself excludes each of them`,
    'wider ranges, or another --constraint; contango backtest list shows what a strategy asks of its parameters',
    { combinations, constraints: constraints.map(({ text }) => text) },
  )
}
