/** Trading days a year, for volatilities per year. */
export const DAYS_PER_YEAR = 252

/** ln(a/b); NaN unless both prices are above zero. */
export function logRatio(a: number, b: number): number {
  return a > 0 && b > 0 ? Math.log(a / b) : Number.NaN
}
