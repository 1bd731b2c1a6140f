import type { ParameterValues } from '../../backtest/strategy.js'
import { mean, sampleSd } from '../../kernel/moments.js'
import { placeOf, type Dimension } from '../space/dimension.js'

/** How one parameter moved from fold to fold. */
export interface ParameterStability {
  readonly name: string
  readonly values: readonly (number | string)[]
  readonly distinct: number
  /** Share of the folds with the value that was chosen most often. */
  readonly modeShare: number
  /** Standard deviation ÷ |mean|; null for words and where the mean is 0. */
  readonly variation: number | null
  /** Mean step from one fold to the next, as a share of the searched range: 0 stands still, 1/3 is what chance does. */
  readonly meanStep: number | null
}

/** A search that finds something finds nearly the same each time. */
export function parameterStability(
  dimensions: readonly Dimension[],
  chosen: readonly ParameterValues[],
): ParameterStability[] {
  return dimensions.map((dimension) => {
    const values = chosen.map((one) => one[dimension.name])
    const counts = new Map<number | string, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    const numbers = values.map(Number)
    const numeric = values.every((value) => typeof value === 'number')
    const spread = sampleSd(numbers) / Math.abs(mean(numbers))
    const places = values.map((value) => placeOf(dimension, value))
    const steps = places.slice(1).map((place, i) => Math.abs(place - places[i]))
    return {
      name: dimension.name,
      values,
      distinct: counts.size,
      modeShare: Math.max(0, ...counts.values()) / values.length,
      variation: numeric && Number.isFinite(spread) ? spread : null,
      meanStep: steps.length === 0 ? null : mean(steps),
    }
  })
}
