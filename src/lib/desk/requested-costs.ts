import { NO_COSTS, type CommissionTier, type CostModel } from '../execution/costs.js'
import type { ExecutionConfig } from '../config/sections/execution.js'
import { ContangoError } from '../kernel/errors.js'
import type { Product } from '../market/market.js'
import type { LoadedLeg } from './loaded-instrument.js'

/** Costs as they are written: what is in ticks waits for the instrument. */
export interface CostTerms extends CostModel {
  readonly slippageTicks: number
  readonly bidAskTicks: number
  /** Lots a day that stand in where nothing says how many are traded; null for none. */
  readonly dailyVolume: number | null
}

/** The flags of costs, as parsed. */
export interface CostFlags {
  readonly 'commission-usd'?: number
  readonly 'exchange-fee-usd'?: number
  readonly 'commission-fraction'?: number
  readonly 'commission-tiers'?: string
  readonly 'tier-reset'?: CostModel['tierReset']
  readonly slippage?: number
  readonly 'slippage-ticks'?: number
  readonly 'slippage-fraction'?: number
  readonly 'slippage-volatility'?: number
  readonly 'bid-ask'?: number
  readonly impact?: number
  readonly 'daily-volume'?: number
}

/** Costs by product. */
export type CostTable = (product: Product | null) => CostTerms

export const NO_TERMS: CostTerms = { ...NO_COSTS, slippageTicks: 0, bidAskTicks: 0, dailyVolume: null }

/** What the command line says of costs; what it does not say is undefined. */
export function requestedCosts(flags: CostFlags): Partial<CostTerms> {
  const tiers = flags['commission-tiers']
  const said: { [Term in keyof CostTerms]: CostTerms[Term] | undefined } = {
    commissionUsdPerLot: flags['commission-usd'],
    exchangeFeeUsdPerLot: flags['exchange-fee-usd'],
    commissionFraction: flags['commission-fraction'],
    tiers: tiers === undefined ? undefined : commissionTiers(tiers),
    tierReset: flags['tier-reset'],
    slippagePrice: flags.slippage,
    slippageTicks: flags['slippage-ticks'],
    slippageFraction: flags['slippage-fraction'],
    slippageVolatility: flags['slippage-volatility'],
    bidAsk: flags['bid-ask'],
    bidAskTicks: undefined,
    impact: flags.impact,
    dailyVolume: flags['daily-volume'],
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/**
 * What a product's fills cost: what was said, before what the table has of the product, before its default.
 * @param table null where none was asked for
 */
export function costTable(table: ExecutionConfig | null, said: Partial<CostTerms>): CostTable {
  if (table === null) return () => ({ ...NO_TERMS, ...said })
  const tiers = table.tiers.map(({ throughLots = Infinity, usdPerLot }) => ({ throughLots, usdPerLot }))
  return (product) => {
    const own = { ...table.default, ...(product === null ? {} : table.products[product]) }
    return {
      commissionUsdPerLot: own.commissionUsd ?? 0,
      exchangeFeeUsdPerLot: own.exchangeFeeUsd ?? 0,
      commissionFraction: own.commissionFraction ?? 0,
      tiers,
      tierReset: table.tierReset,
      slippagePrice: own.slippage ?? 0,
      slippageTicks: own.slippageTicks ?? 0,
      slippageFraction: own.slippageFraction ?? 0,
      slippageVolatility: own.slippageVolatility ?? 0,
      bidAsk: own.bidAsk ?? 0,
      bidAskTicks: own.bidAskTicks ?? 0,
      impact: own.impact ?? 0,
      dailyVolume: own.dailyVolume ?? null,
      ...said,
    }
  }
}

/** Reads `100:2.5,1000:2,1.5`: 2.50 through lot 100 of the period, 2.00 through lot 1000, 1.50 from there on. */
export function commissionTiers(text: string): CommissionTier[] {
  const tiers = text.split(',').map((part, i, all): CommissionTier => {
    const match = /^(?:(\d{1,9}):)?(\d+\.?\d*|\.\d+)$/.exec(part.trim())
    const last = i === all.length - 1
    if (!match || (match[1] === undefined) !== last) throw badTiers(text)
    return { throughLots: last ? Infinity : Number(match[1]), usdPerLot: Number(match[2]) }
  })
  if (tiers.some(({ throughLots }, i) => throughLots <= (i === 0 ? 0 : tiers[i - 1].throughLots))) throw badTiers(text)
  return tiers
}

/** Costs of one leg in its own price units. */
export function legCosts(
  { slippageTicks, bidAskTicks, dailyVolume: _, ...costs }: CostTerms,
  leg: LoadedLeg,
): CostModel {
  if ((slippageTicks > 0 || bidAskTicks > 0) && leg.tick === null) {
    throw new ContangoError(
      'usage',
      'NO_TICK',
      '--slippage-ticks needs an instrument that says its tick',
      'name the INSTRUMENT, or use --slippage in price units',
    )
  }
  const tick = leg.tick ?? 0
  return {
    ...costs,
    slippagePrice: costs.slippagePrice + slippageTicks * tick,
    bidAsk: costs.bidAsk + bidAskTicks * tick,
  }
}

function badTiers(text: string): ContangoError {
  return new ContangoError(
    'usage',
    'BAD_FLAG_VALUE',
    `--commission-tiers takes LOTS:USD,…,USD with rising lots, not "${text}"`,
    '--commission-tiers 100:2.5,1000:2,1.5',
    { flag: 'commission-tiers', value: text },
  )
}
