import type { OrderRules } from '../backtest/order-rules.js'
import type { AccountSettings } from '../backtest/run-account.js'
import type { AccountSettingsDocument } from '../documents/parts/account-settings-document.js'
import type { CommissionTier } from '../execution/costs.js'
import { timeInForceText } from '../execution/time-in-force.js'
import type { CostTerms } from './requested-costs.js'

/**
 * Every setting that a run was made with, as documents print it.
 * @param multiplier USD per lot and unit of price; null where several instruments have each their own
 */
export function settingsDocument(
  settings: AccountSettings,
  terms: CostTerms,
  multiplier: number | null,
  riskFreePerYear: number,
  barsPerYear: number,
): AccountSettingsDocument {
  return {
    lots: settings.lots,
    multiplier,
    initialCapitalUsd: settings.initialCapitalUsd,
    barsPerYear,
    riskFreePerYear,
    ...terms,
    tiers: tiersDocument(terms.tiers),
    ...ordersDocument(settings),
  }
}

/** The last tier is without end. */
export function tiersDocument(tiers: readonly CommissionTier[]): AccountSettingsDocument['tiers'] {
  return tiers.map(({ throughLots, usdPerLot }) => ({
    throughLots: Number.isFinite(throughLots) ? throughLots : null,
    usdPerLot,
  }))
}

function ordersDocument(rules: OrderRules): Omit<OrderRules, 'timeInForce'> & { readonly timeInForce: string } {
  return {
    fill: rules.fill,
    entry: rules.entry,
    entryOffset: rules.entryOffset,
    entryLimitOffset: rules.entryLimitOffset,
    timeInForce: timeInForceText(rules.timeInForce),
    renew: rules.renew,
    maxVolumeShare: rules.maxVolumeShare,
    stopLoss: rules.stopLoss,
    takeProfit: rules.takeProfit,
    trailingStop: rules.trailingStop,
    intrabar: rules.intrabar,
  }
}
