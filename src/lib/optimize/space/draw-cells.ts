import type { Rng } from '../../kernel/rng.js'
import type { ParameterValues } from '../../backtest/strategy.js'
import { valueAt, type Dimension } from './dimension.js'
import { nothingAllowed } from './grid.js'
import type { SearchSpace } from './search-space.js'

/** Draws in vain after which a space counts as empty or drawn out: some at all, and some for each cell that is wanted. */
const PATIENCE = 10_000
const PATIENCE_PER_CELL = 100

/** Name of a cell within its space. */
export function cellKey({ dimensions }: SearchSpace, values: ParameterValues): string {
  return dimensions.map(({ name }) => String(values[name])).join(' ')
}

/** Uniform draws, each cell once; fewer where the space has no more. Equal for a seed, whatever computes them. */
export function randomCells(space: SearchSpace, count: number, rng: Rng): ParameterValues[] {
  return collect(space, count, () => [space.dimensions.map(() => rng.uniform())])
}

/**
 * Latin hypercube: of `count` draws each parameter has one in each of `count` equal shares of its range. M. D. McKay, R. J. Beckman,
 * W. J. Conover (1979), "A Comparison of Three Methods for Selecting Values of Input Variables". Where rules exclude some of
 * them, further hypercubes fill up. Each cell once.
 */
export function latinHypercube(space: SearchSpace, count: number, rng: Rng): ParameterValues[] {
  return collect(space, count, () => {
    const columns = space.dimensions.map(() => {
      const order = Array.from({ length: count }, (_, i) => i)
      for (let i = count - 1; i > 0; i--) {
        const j = rng.integer(i + 1)
        const kept = order[i]
        order[i] = order[j]
        order[j] = kept
      }
      return order.map((share) => (share + rng.uniform()) / count)
    })
    return Array.from({ length: count }, (_, i) => columns.map((column) => column[i]))
  })
}

/** Values at places of the unit cube. */
export function valuesAtPlaces(dimensions: readonly Dimension[], places: readonly number[]): ParameterValues {
  return Object.fromEntries(dimensions.map((dimension, d) => [dimension.name, valueAt(dimension, places[d])]))
}

function collect(space: SearchSpace, count: number, draw: () => number[][]): ParameterValues[] {
  const found = new Map<string, ParameterValues>()
  let inVain = 0
  while (found.size < count && inVain < PATIENCE + PATIENCE_PER_CELL * count) {
    for (const places of draw()) {
      const values = valuesAtPlaces(space.dimensions, places)
      const key = cellKey(space, values)
      if (found.size >= count) break
      if (found.has(key) || !space.allows(values)) inVain++
      else found.set(key, values)
    }
  }
  if (found.size === 0) throw nothingAllowed(space, inVain)
  return [...found.values()]
}
