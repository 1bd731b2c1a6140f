import type { TradedInstrument, TradedLeg } from '../backtest/traded-instrument.js'
import type { ExecutionConfig } from '../config/sections/execution.js'
import type { LiquidityConfig } from '../config/sections/liquidity.js'
import type { MarginsConfig } from '../config/sections/margins.js'
import { ContangoError } from '../kernel/errors.js'
import { monthIndexOf } from '../market/contract-month.js'
import type { BacktestBarsContext } from './backtest-bars.js'
import { instrumentMargins, type LoadedMargins, type RequestedMargins } from './leg-margins.js'
import type { LoadedInstrument, LoadedLeg } from './loaded-instrument.js'
import { legCosts, type CostTable } from './requested-costs.js'

export type TradingContext = BacktestBarsContext & {
  resolveFile(file: string): string
  readonly config: {
    readonly margins: MarginsConfig
    readonly liquidity: LiquidityConfig
    readonly execution: ExecutionConfig
    costsOf(path: string): ExecutionConfig
  }
}

/** What bears on how the loaded instruments are traded. */
export interface TradingTerms {
  /** USD per lot and unit of price; null takes the instrument's. */
  readonly multiplier: number | null
  /** Costs of a product's fills. */
  readonly costsOf: CostTable
  readonly margins: RequestedMargins
  /** A share of the volume limits fills. */
  readonly sharesVolume: boolean
}

/** An instrument as it is traded, with its margin in words. */
export interface TradableInstrument {
  readonly traded: TradedInstrument
  readonly margins: LoadedMargins
}

/** Gives the loaded instruments their costs, volumes and margins; refuses costs that they cannot have. */
export function tradedInstruments(
  ctx: TradingContext,
  instruments: readonly LoadedInstrument[],
  terms: TradingTerms,
): readonly TradableInstrument[] {
  if (terms.multiplier !== null && (instruments.length > 1 || instruments[0].legs.length > 1)) {
    throw new ContangoError(
      'usage',
      'ONE_MULTIPLIER',
      `--multiplier is of one instrument without legs, and ${instruments.map(({ name }) => name).join(', ')} have their own`,
      'without --multiplier',
    )
  }
  return instruments.map((loaded) => {
    const margins = instrumentMargins(loaded, terms.margins, () => ctx.config.margins)
    const { name, bars, legs, multiplier, settles, expiry } = loaded
    return {
      margins,
      traded: {
        name,
        bars,
        legs: legs.map((leg) => tradedLeg(ctx, loaded, leg, terms)),
        settles,
        multiplier: terms.multiplier ?? multiplier,
        initialMarginUsd: margins.initialUsd,
        maintenanceMarginUsd: margins.maintenanceUsd,
        expiry,
      },
    }
  })
}

function tradedLeg(ctx: TradingContext, loaded: LoadedInstrument, leg: LoadedLeg, terms: TradingTerms): TradedLeg {
  const costs = terms.costsOf(leg.product)
  const { name, lots, weight, open, close, month, rolls } = leg
  return {
    name,
    lots,
    weight,
    open,
    close,
    month,
    rolls,
    multiplier: terms.multiplier ?? leg.multiplier,
    costs: legCosts(costs, leg),
    volume: costs.impact > 0 || terms.sharesVolume ? volumeOf(ctx, loaded, leg, costs.dailyVolume) : undefined,
  }
}

/** Volume as the data has it, else what was said, else the assumption of config/liquidity.yaml for the contract's rank. */
function volumeOf(
  ctx: TradingContext,
  { name, bars }: LoadedInstrument,
  { product, volume, month }: LoadedLeg,
  said: number | null,
): Float64Array {
  if (volume !== undefined && said === null) return volume
  if (said !== null) return new Float64Array(bars.close.length).fill(said)
  const tiers = product === null ? undefined : ctx.config.liquidity.products[product]?.tiers
  if (product === null || month === undefined || tiers === undefined) {
    throw new ContangoError(
      'noData',
      'NO_VOLUME',
      `${name} says nothing of volume, which --impact and --max-volume-share need`,
      'a volume column, --daily-volume LOTS, or --impact 0',
      { instrument: name },
    )
  }
  ctx.warn(
    'VOLUME_ASSUMED',
    `the settlements of ${product} carry no volume: that of config/liquidity.yaml stands in (${ctx.config.liquidity.source})`,
    { product },
  )
  const fallback = tiers[tiers.length - 1].dailyLots
  return Float64Array.from(bars.timeMs, (time, bar) => {
    const front = ctx.market.monthAtRank(product, Math.floor(time / 86_400_000), 1)
    const rank = monthIndexOf(month[bar]) - monthIndexOf(front) + 1
    return tiers.find(({ throughRank }) => rank <= throughRank)?.dailyLots ?? fallback
  })
}
