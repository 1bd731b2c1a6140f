/** Sums of weights are a rounding away from a half lot: 0.1 + 0.2 + 0.2. */
const EPSILON = 1e-9

export const SIZING_KINDS = ['fixed', 'fraction', 'vol-target', 'atr'] as const
export type SizingKind = (typeof SIZING_KINDS)[number]

/** How many lots a target of 1 is. Each formula is with its kind in {@link fullSizeLots}. */
export type SizingRule =
  | { readonly kind: 'fixed'; readonly lots: number }
  | { readonly kind: 'fraction'; readonly of: 'notional'; readonly fraction: number; readonly window: number }
  | { readonly kind: 'fraction'; readonly of: 'risk'; readonly fraction: number }
  | { readonly kind: 'vol-target'; readonly targetVol: number; readonly window: number }
  | { readonly kind: 'atr'; readonly fraction: number; readonly multiple: number; readonly window: number }

/** Limits of whatever the rule says; null for none. */
export interface SizeCaps {
  readonly maxLots: number | null
  /** Of |notional| to equity. */
  readonly maxLeverage: number | null
  /** Equity that other positions leave covers the initial margin of each lot. */
  readonly withinMargin: boolean
}

/** What is known at the close of the decision. */
export interface SizingFacts {
  equityUsd: number
  /** USD per lot and unit of price. */
  readonly multiplier: number
  /** Largest |price| of the window: near zero the last price alone says nothing of what a lot is worth. */
  notionalPrice: number
  /** Standard deviation of the price change of a bar, price units. */
  changeDeviation: number
  /** Price units. */
  averageTrueRange: number
  /** Initial margin of a lot; 0 where there is none. */
  marginUsdPerLot: number
  /** Initial margin of the account's other positions. */
  elsewhereUsd: number
  /** By which a deviation is annualised: 252 of a day each. */
  readonly barsPerYear: number
  /** Price units from the entry to the stop; NaN where there is none. */
  readonly stopDistance: number
}

/** The nearest whole number of lots, halves away from zero, so that a long and a short of one size are equal. */
export function wholeLots(lots: number): number {
  const whole = Math.floor(Math.abs(lots) + 0.5 + EPSILON)
  return lots < 0 && whole > 0 ? -whole : whole
}

/** Whole lots that do not exceed |lots|. */
function lotsWithin(lots: number): number {
  const whole = Math.floor(Math.abs(lots) + EPSILON)
  return lots < 0 && whole > 0 ? -whole : whole
}

/**
 * Lots of a target of 1, a real number ≥ 0:
 * - fixed: `lots`
 * - fraction of notional: fraction × equity ÷ (multiplier × largest |price| of the window)
 * - fraction at risk: fraction × equity ÷ (multiplier × distance to the stop)
 * - vol-target: targetVol × equity ÷ (multiplier × deviation of the price change of a bar × √ of bars a year)
 * - atr: fraction × equity ÷ (multiplier × multiple × average true range)
 *
 * All are in price changes, never in returns of price: they hold through zero and below.
 * @returns 0 where equity is gone; NaN where the divisor is 0 or not known yet
 */
export function fullSizeLots(rule: SizingRule, facts: SizingFacts): number {
  if (rule.kind === 'fixed') return rule.lots
  const { equityUsd, multiplier } = facts
  if (!(equityUsd > 0)) return 0
  if (rule.kind === 'vol-target') {
    return over(rule.targetVol * equityUsd, multiplier * facts.changeDeviation * Math.sqrt(facts.barsPerYear))
  }
  const budgetUsd = rule.fraction * equityUsd
  if (rule.kind === 'atr') return over(budgetUsd, multiplier * rule.multiple * facts.averageTrueRange)
  return over(budgetUsd, multiplier * (rule.of === 'risk' ? facts.stopDistance : facts.notionalPrice))
}

const over = (a: number, b: number): number => (b > 0 ? a / b : Number.NaN)

/**
 * Whole lots of a target: `target × full size`, to the nearest lot under `fixed` and `vol-target`, within it under
 * `fraction` and `atr`, whose fraction is a limit.
 * @returns NaN where the size is not known; 0 for a target of 0 whatever the size
 */
export function sizedLots(target: number, rule: SizingRule, facts: SizingFacts): number {
  if (target === 0) return 0
  const lots = target * fullSizeLots(rule, facts)
  return rule.kind === 'fixed' || rule.kind === 'vol-target' ? wholeLots(lots) : lotsWithin(lots)
}

/** `lots` within the caps. A notional that is not known caps nothing. */
export function cappedLots(lots: number, { maxLots, maxLeverage, withinMargin }: SizeCaps, facts: SizingFacts): number {
  const equityUsd = Math.max(0, facts.equityUsd)
  let most = maxLots ?? Infinity
  const { marginUsdPerLot, elsewhereUsd } = facts
  if (withinMargin && marginUsdPerLot > 0) {
    most = Math.min(most, lotsWithin(Math.max(0, equityUsd - elsewhereUsd) / marginUsdPerLot))
  }
  const lotUsd = facts.multiplier * facts.notionalPrice
  if (maxLeverage !== null && lotUsd > 0) most = Math.min(most, lotsWithin((maxLeverage * equityUsd) / lotUsd))
  return Math.abs(lots) > most ? Math.sign(lots) * most : lots
}
