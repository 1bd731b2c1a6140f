/** Sums of weights are a rounding away from a half lot: 0.1 + 0.2 + 0.2. */
const EPSILON = 1e-9

/** The nearest whole number of lots, halves away from zero, so that a long and a short of one size are equal. */
export function wholeLots(lots: number): number {
  const whole = Math.floor(Math.abs(lots) + 0.5 + EPSILON)
  return lots < 0 && whole > 0 ? -whole : whole
}
