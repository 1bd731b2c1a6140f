import type { ParameterValues, Strategy } from '../backtest/strategy.js'
import { ContangoError } from '../kernel/errors.js'
import type { Rng } from '../kernel/rng.js'
import { randomCells } from '../optimize/space/draw-cells.js'
import type { SearchSpace } from '../optimize/space/search-space.js'

/** Cells of a Bayesian search that are looked at for what its strategy needs. */
const DRAWN = 64

/**
 * Columns besides prices that the cells of a search look at. Cells that are proposed as the search goes on (null) must all look at the
 * same ones.
 */
export function columnsOfSearch(
  strategy: Strategy,
  space: SearchSpace,
  cells: readonly ParameterValues[] | null,
  rng: Rng,
): readonly string[] {
  const { columns } = strategy
  if (columns === undefined) return []
  if (cells !== null) return [...new Set(cells.flatMap(columns))]
  const sets = new Set(randomCells(space, DRAWN, rng).map((values) => columns(values).join(' ')))
  if (sets.size <= 1) return [...sets].flatMap((names) => names.split(' ')).filter((name) => name !== '')
  throw new ContangoError(
    'usage',
    'TPE_COLUMNS',
    `${strategy.name} looks at other columns for other parameters, which a Bayesian search makes up as it goes on`,
    '--search grid or --search random',
    { strategy: strategy.name },
  )
}
