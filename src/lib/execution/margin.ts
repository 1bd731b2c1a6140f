/** Lots of one leg and the margin of one of them. */
export interface MarginLeg {
  readonly lots: number
  readonly usdPerLot: number
}

/**
 * Margin of legs held against each other: Σ |lots| × USD per lot, less the credit that the exchange gives for the spread.
 * @param credit fraction of the sum, 0 for a single leg
 */
export function spreadMarginUsd(legs: readonly MarginLeg[], credit: number): number {
  return legs.reduce((sum, { lots, usdPerLot }) => sum + Math.abs(lots) * usdPerLot, 0) * (1 - credit)
}
