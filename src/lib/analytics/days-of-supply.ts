import type { EpochDay } from '../kernel/day.js'
import { mean } from '../kernel/moments.js'
import { measured, unmeasured, type Measured } from './measured.js'

/**
 * Days that stocks last at the demand of the last weeks: stocks (kbbl) ÷ mean demand (kb/d) of the `weeks` weeks up to
 * `day`.
 * @param period of the demand, ascending
 */
export function daysOfSupply(
  stocksKbbl: number,
  day: EpochDay,
  period: Int32Array,
  demandKbPerDay: Float64Array,
  weeks: number,
): Measured {
  const recent = demandKbPerDay.filter((_, i) => period[i] <= day && period[i] > day - 7 * weeks)
  if (recent.length < weeks) return unmeasured(`demand is known for ${recent.length} of the last ${weeks} weeks`)
  const perDay = mean(recent)
  return perDay > 0 ? measured(stocksKbbl / perDay) : unmeasured('there was no demand')
}
