/** What a fill costs besides its price. */
export interface CostModel {
  readonly commissionUsdPerLot: number
  /** Price units (USD/bbl) a unit; ticks are turned into it before. */
  readonly slippagePrice: number
  /** Fraction of |price| a unit. */
  readonly slippageFraction: number
}

/**
 * Slippage of a fill in price units, never negative: `slippagePrice + slippageFraction · |price|`. With `price` in place of
 * `|price|` a buyer at −14 would be paid for trading.
 */
export function slippageOf(price: number, costs: CostModel): number {
  return costs.slippagePrice + costs.slippageFraction * Math.abs(price)
}

/** Commission of one fill in USD, each lot once: a reversal of one lot trades two. */
export function commissionOf(lots: number, costs: CostModel): number {
  return Math.abs(lots) * costs.commissionUsdPerLot
}
