import { commissionOf, impactOf, slippageOf, type CostModel } from './costs.js'

/** What one fill paid, written by `priceFill`. */
export interface PricedFill {
  /** Slippage and impact and all. */
  price: number
  commissionUsd: number
  slippageUsd: number
  impactUsd: number
}

/** What is known before a fill and bears on its cost. */
export interface FillFacts {
  /** Standard deviation of a bar's change in price units; 0 where it is not known. */
  volatility: number
  /** Lots a bar; 0 where it is not known. */
  dailyVolume: number
  /** Lots traded earlier in the period of the commission's tiers. */
  lotsBefore: number
}

/**
 * Prices one fill, always to the disadvantage of the one who trades; a limit order, which waits for the others to come, never fills
 * worse than its limit and pays commission only.
 * @param touched price before slippage
 */
export function priceFill(
  out: PricedFill,
  lots: number,
  touched: number,
  multiplier: number,
  costs: CostModel,
  { volatility, dailyVolume, lotsBefore }: FillFacts,
  isLimit: boolean,
): void {
  const slippage = isLimit ? 0 : slippageOf(touched, costs, volatility)
  const impact = isLimit ? 0 : impactOf(lots, costs, volatility, dailyVolume)
  const unitsOfPrice = Math.abs(lots) * multiplier
  out.price = lots > 0 ? touched + slippage + impact : touched - slippage - impact
  out.commissionUsd = commissionOf(lots, touched, multiplier, costs, lotsBefore)
  out.slippageUsd = slippage * unitsOfPrice
  out.impactUsd = impact * unitsOfPrice
}
