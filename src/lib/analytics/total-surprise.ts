import type { EpochDay } from '../kernel/day.js'
import type { SurpriseSeries } from './inventory-surprise.js'

/** One kind of stocks, week by week. */
export interface SurprisePart extends SurpriseSeries {
  readonly period: Int32Array
  /** In the same unit for all parts. */
  readonly level: Float64Array
}

/**
 * Levels, changes, expectations and surprises of several kinds of stocks together, in the weeks that all of them have: crude,
 * gasoline and distillate built or drew as one barrel. A week in which one is not known (NaN) has no total of it.
 */
export function totalSurprise(parts: readonly SurprisePart[]): SurprisePart {
  const positions = parts.map(({ period }) => new Map<EpochDay, number>([...period].map((day, i) => [day, i])))
  const period = parts[0].period.filter((day) => positions.every((at) => at.has(day)))
  const sum = (of: (part: SurprisePart) => Float64Array): Float64Array =>
    Float64Array.from(period, (day) => parts.reduce((total, part, i) => total + of(part)[positions[i].get(day)!], 0))
  return {
    period,
    level: sum(({ level }) => level),
    change: sum(({ change }) => change),
    expected: sum(({ expected }) => expected),
    surprise: sum(({ surprise }) => surprise),
  }
}
