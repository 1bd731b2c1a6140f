import { priceDigits } from './number-text.js'

/** Decimals of an indicator for people: those of the price where it is one, none of lots, else two. */
export function indicatorDigits(unit: string, priceUnit: string | null): number {
  if (unit === 'lots') return 0
  return priceUnit !== null && unit.startsWith(priceUnit) ? priceDigits(priceUnit) : 2
}
