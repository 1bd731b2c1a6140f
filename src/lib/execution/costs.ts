/** What a lot pays within one slice of the period's volume. */
export interface CommissionTier {
  /** Lots of the period through which this rate holds; Infinity for the last tier. */
  readonly throughLots: number
  readonly usdPerLot: number
}

/** What a fill costs besides its price: the parts add up. */
export interface CostModel {
  readonly commissionUsdPerLot: number
  readonly exchangeFeeUsdPerLot: number
  /** Of |price| × lots × multiplier. */
  readonly commissionFraction: number
  /** By the volume of the period, beside the commission per lot; empty for none. */
  readonly tiers: readonly CommissionTier[]
  readonly tierReset: 'day' | 'month'
  /** Price units (USD/bbl) a unit; ticks are turned into it before. */
  readonly slippagePrice: number
  /** Fraction of |price| a unit. */
  readonly slippageFraction: number
  /** Standard deviations of a bar's change a unit. */
  readonly slippageVolatility: number
  /** The spread between bid and ask in price units: a fill pays half of it. */
  readonly bidAsk: number
  /** Y of the square-root law: impact = Y · σ · √(lots ÷ volume), in price units. */
  readonly impact: number
}

export const NO_COSTS: CostModel = {
  commissionUsdPerLot: 0,
  exchangeFeeUsdPerLot: 0,
  commissionFraction: 0,
  tiers: [],
  tierReset: 'month',
  slippagePrice: 0,
  slippageFraction: 0,
  slippageVolatility: 0,
  bidAsk: 0,
  impact: 0,
}

/**
 * Slippage of a fill in price units, never negative: `slippagePrice + slippageFraction · |price| + slippageVolatility · σ +
 * bidAsk ÷ 2`. With `price` in place of `|price|` a buyer at −14 would be paid for trading.
 * @param volatility standard deviation of a bar's change in price units, of bars before the fill; 0 where it is not known yet
 */
export function slippageOf(price: number, costs: CostModel, volatility: number): number {
  return (
    costs.slippagePrice +
    costs.slippageFraction * Math.abs(price) +
    costs.slippageVolatility * volatility +
    costs.bidAsk / 2
  )
}

/**
 * Market impact in price units, never negative: Y · σ · √(|lots| ÷ V). Almgren, Thum, Hauptmann & Li (2005), "Direct Estimation of
 * Equity Market Impact"; Tóth et al. (2011), "Anomalous price impact and the critical nature of liquidity": the exponent is near
 * ½ and Y near 1.
 * @param dailyVolume V, lots a bar, of bars before the fill; 0 where it is not known: then there is none
 */
export function impactOf(lots: number, costs: CostModel, volatility: number, dailyVolume: number): number {
  if (costs.impact === 0 || !(dailyVolume > 0)) return 0
  return costs.impact * volatility * Math.sqrt(Math.abs(lots) / dailyVolume)
}

/**
 * Commission and fees of one fill in USD, each lot once: a reversal of one lot trades two.
 * @param lotsBefore lots traded earlier in the period of the tiers
 */
export function commissionOf(
  lots: number,
  price: number,
  multiplier: number,
  costs: CostModel,
  lotsBefore: number,
): number {
  const size = Math.abs(lots)
  const perLot = size * costs.commissionUsdPerLot + size * costs.exchangeFeeUsdPerLot
  const ofNotional = costs.commissionFraction === 0 ? 0 : costs.commissionFraction * Math.abs(price) * size * multiplier
  return perLot + ofNotional + (costs.tiers.length === 0 ? 0 : tieredCommission(costs.tiers, lotsBefore, size))
}

/** The lots of a fill by the tiers in which they lie: a rate applies to its slice and not to what was traded before. */
export function tieredCommission(tiers: readonly CommissionTier[], lotsBefore: number, lots: number): number {
  let usd = 0
  let from = lotsBefore
  const end = lotsBefore + lots
  for (const { throughLots, usdPerLot } of tiers) {
    if (from >= end) break
    const to = Math.min(end, throughLots)
    if (to > from) {
      usd += (to - from) * usdPerLot
      from = to
    }
  }
  return usd
}
