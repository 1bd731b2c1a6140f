import { commissionOf, slippageOf } from '../execution/costs.js'
import { ContangoError } from '../kernel/errors.js'
import type { AccountSettings } from './run-account.js'
import type { TradedInstrument } from './traded-instrument.js'

/** Refuses capital that does not cover the margin of the lots of an instrument, or the cost of trading them once at its first bar. */
export function checkCapital(
  instruments: readonly TradedInstrument[],
  { lots, initialCapitalUsd }: Pick<AccountSettings, 'lots' | 'initialCapitalUsd'>,
): void {
  for (const { name, legs, initialMarginUsd } of instruments) {
    const marginUsd = lots * (initialMarginUsd?.[0] ?? 0)
    const costUsd = legs.reduce((sum, leg) => {
      const size = Math.abs(lots * leg.lots)
      const price = leg.open[0] ?? 0
      const commissionUsd = commissionOf(size, price, leg.multiplier, leg.costs, 0)
      return sum + commissionUsd + slippageOf(price, leg.costs, 0) * size * leg.multiplier
    }, 0)
    const neededUsd = marginUsd + costUsd
    if (initialCapitalUsd > 0 && initialCapitalUsd >= neededUsd) continue
    const of = name === '' ? '' : ` of ${name}`
    throw new ContangoError(
      'refused',
      'CAPITAL_TOO_SMALL',
      `${initialCapitalUsd} USD of capital do not cover ${lots} ${lots === 1 ? 'lot' : 'lots'}${of}: margin ${marginUsd} USD, cost of the first fill ${costUsd} USD`,
      'a larger --initial-capital, or fewer --lots',
      { initialCapitalUsd, neededUsd },
    )
  }
}
