/** Bid-ask spread of a contract, in the product's quote. */
export interface BidAsk {
  readonly mean: number
  readonly sd: number
}

/**
 * What getting out costs when spreads are wide: ½ × |USD per point| × (mean + k·sd). With spreads as fractions of the price
 * it is ½·|V|·(mean + k·sd); in points it stays right where a price is at or below zero.
 * A. Bangia, F. X. Diebold, T. Schuermann, J. D. Stroughair (1999), "Modeling Liquidity Risk": k between 2 and 4.5.
 * @param usdPerPoint lots × multiplier
 */
export function exogenousCostUsd(usdPerPoint: number, { mean, sd }: BidAsk, k: number): number {
  return 0.5 * Math.abs(usdPerPoint) * (mean + k * sd)
}
