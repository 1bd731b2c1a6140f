import { ContangoError } from '../kernel/errors.js'
import { commissionOf, slippageOf } from '../execution/costs.js'
import type { PriceBars } from './price-bars.js'
import type { BacktestSettings } from './run-backtest.js'

/** Refuses capital that does not cover the margin of the lots, or the cost of buying them once at the first bar. */
export function checkCapital(bars: PriceBars, settings: BacktestSettings, initialMarginUsd: number): void {
  const { lots, initialCapitalUsd, costs, multiplier } = settings
  const costUsd = commissionOf(lots, costs) + slippageOf(bars.open[0] ?? 0, costs) * lots * multiplier
  const neededUsd = initialMarginUsd * lots + costUsd
  if (initialCapitalUsd > 0 && initialCapitalUsd >= neededUsd) return
  throw new ContangoError(
    'refused',
    'CAPITAL_TOO_SMALL',
    `${initialCapitalUsd} USD of capital do not cover ${lots} ${lots === 1 ? 'lot' : 'lots'}: margin ${initialMarginUsd * lots} USD, cost of the first fill ${costUsd} USD`,
    'a larger --initial-capital, or fewer --lots',
    { initialCapitalUsd, neededUsd },
  )
}
