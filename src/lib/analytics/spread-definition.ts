import type { PriceUnit, Product } from '../market/instrument.js'

export const SPREAD_ALIGNMENTS = ['delivery', 'rank'] as const
/**
 * delivery: every leg in the nearest delivery month in which no leg has expired; rank: every leg at its own front.
 * CL expires around the 20th and products at month end, so in between the two differ by a month.
 */
export type SpreadAlignment = (typeof SPREAD_ALIGNMENTS)[number]

export interface SpreadLeg {
  readonly product: Product
  /** In `value`, before the division by `per`: signed. */
  readonly weight: number
  /** Hedge ratio: positive is bought, negative is sold. */
  readonly lots: number
  /** Months (align delivery) or ranks (align rank) behind the nearest. */
  readonly offset: number
  /** Multiplies the leg's quote into the spread's unit. */
  readonly factor: number
}

/** Σ weight × factor × price ÷ per over the legs. */
export interface SpreadDefinition {
  readonly name: string
  readonly title: string
  readonly unit: PriceUnit
  readonly per: number
  readonly legs: readonly SpreadLeg[]
}

/**
 * The spread at the legs' prices, in its unit. Rounded to 1e-8, far below a tick, so that days with equal prices
 * have equal values and tie in a ranking.
 * @param prices one quote per leg, in the leg's own unit; NaN where it did not settle
 * @returns NaN where any price is NaN
 */
export function spreadValue({ legs, per }: SpreadDefinition, prices: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < legs.length; i++) sum += legs[i].weight * legs[i].factor * prices[i]
  return Math.round((sum / per) * 1e8) / 1e8
}
