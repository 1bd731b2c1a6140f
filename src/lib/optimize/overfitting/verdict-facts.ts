import type { ParameterValues } from '../../backtest/strategy.js'
import type { ParameterStability } from '../folds/parameter-stability.js'
import type { Dimension } from '../space/dimension.js'
import type { VerdictInput } from './verdict.js'

/**
 * A metric of the cells that differ from `best` by one step of one number; those of a grid that are there.
 * @param metricOf NaN where undefined: such a cell is no neighbour
 */
export function neighboursOf(
  dimensions: readonly Dimension[],
  cells: readonly ParameterValues[],
  best: ParameterValues,
  metricOf: (cell: number) => number,
): number[] {
  const steps = dimensions.map((dimension) => {
    if (dimension.kind !== 'values' || dimension.values.some((value) => typeof value !== 'number')) return null
    const sorted = dimension.values.toSorted((a, b) => Number(a) - Number(b))
    const at = sorted.indexOf(best[dimension.name])
    return new Set([sorted[at - 1], sorted[at + 1]])
  })
  const found: number[] = []
  cells.forEach((values, cell) => {
    let stepped = 0
    for (let d = 0; d < dimensions.length && stepped <= 1; d++) {
      const { name } = dimensions[d]
      if (values[name] !== best[name]) stepped += steps[d]?.has(values[name]) === true ? 1 : 2
    }
    if (stepped === 1 && !Number.isNaN(metricOf(cell))) found.push(metricOf(cell))
  })
  return found
}

/** Searched numbers whose best value is the first or the last of three or more. */
export function edgesOf(dimensions: readonly Dimension[], best: ParameterValues): VerdictInput['atEdge'] {
  return dimensions.flatMap((dimension) => {
    const value = best[dimension.name]
    if (typeof value !== 'number') return []
    const [low, high] =
      dimension.kind === 'values'
        ? [Math.min(...dimension.values.map(Number)), Math.max(...dimension.values.map(Number))]
        : [dimension.low, dimension.high]
    const searched = dimension.kind === 'values' ? dimension.values.length > 2 : high > low
    return searched && (value === low || value === high) ? [{ name: dimension.name, value }] : []
  })
}

/** Folds of which a step says little. */
const FEWEST_FOLDS = 3

/** Searched numbers whose mean step between folds is no smaller than that of values drawn at random: (1 − 1/n²) ÷ 3 of the range for n of them. */
export function restlessOf(
  dimensions: readonly Dimension[],
  stability: readonly ParameterStability[],
): VerdictInput['restless'] {
  return stability.filter(({ name, values, distinct, meanStep }) => {
    const dimension = dimensions.find((one) => one.name === name)
    if (dimension === undefined || values.length < FEWEST_FOLDS || distinct < 2 || meanStep === null) return false
    if (values.some((value) => typeof value !== 'number')) return false
    const choices = dimension.kind === 'values' ? dimension.values.length : Infinity
    return choices > 2 && meanStep >= (1 - 1 / choices ** 2) / 3
  })
}
