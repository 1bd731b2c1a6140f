/** A leg of a spread: spread = Σ coefficient × price of the leg in the spread's unit. */
export interface SpreadLegCoefficient {
  readonly coefficient: number
}

/**
 * The smallest moves of the legs (least squares, in the spread's unit) that change the spread by `change`:
 * Δ_i = change × a_i ÷ Σa². Their weighted sum is `change` exactly.
 */
export function spreadMove(legs: readonly SpreadLegCoefficient[], change: number): number[] {
  const squares = legs.reduce((sum, { coefficient }) => sum + coefficient * coefficient, 0)
  return legs.map(({ coefficient }) => (change * coefficient) / squares)
}
