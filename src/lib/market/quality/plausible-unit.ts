import { ContangoError } from '../../kernel/errors.js'
import { quantile } from '../../kernel/quantile.js'

/**
 * Range of the median of a price history in each unit, wide enough for every year since 1980 (WTI's yearly medians run
 * from 12 to 100 USD/bbl, RBOB's from 0.4 to 3.5 USD/gal): outside it the unit is another one.
 */
const MEDIAN_RANGE: Readonly<Record<string, readonly [low: number, high: number]>> = {
  'USD/bbl': [4, 400],
  'USD/gal': [0.1, 12],
  'USD/t': [40, 3000],
  'USD/MMBtu': [0.4, 60],
}

/** From so many values on, small ones are no accident of a few wild days. */
const ENOUGH_VALUES = 20

/** Twenty values at least, all but two in a hundred above zero: a price and no spread, whatever a single wild day did. */
export function isPriceHistory(values: Float64Array): boolean {
  const known = values.filter((value) => Number.isFinite(value)).sort()
  return known.length >= ENOUGH_VALUES && quantile(known, 0.02) > 0
}

/**
 * Throws UNIT_IMPLAUSIBLE where prices cannot be in the unit that they are said to be in: cents for dollars, or gallons for
 * barrels. Too small is only said of a price history: spreads are small and cross zero, and a single day can
 * be 20 April 2020.
 */
export function requirePlausibleUnit(name: string, unit: string, values: Float64Array): void {
  const range = MEDIAN_RANGE[unit]
  const known = values.filter((value) => Number.isFinite(value)).sort()
  if (!range || known.length === 0) return
  const median = quantile(known, 0.5)
  if (Math.abs(median) <= range[1] && (median >= range[0] || !isPriceHistory(values))) return
  throw new ContangoError(
    'refused',
    'UNIT_IMPLAUSIBLE',
    `${name} cannot be in ${unit}: its median is ${Number(median.toPrecision(6))}, and ${range[0]} to ${range[1]} is plausible`,
    `say the unit of the file with --unit ${name}=USD/bbl, USD/gal, USD/t or USD/MMBtu, or convert cents to dollars`,
    { name, unit, median },
  )
}
