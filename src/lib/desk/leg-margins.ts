import type { MarginsConfig } from '../config/sections/margins.js'
import { sessionDayOf } from '../backtest/price-bars.js'
import { spreadMarginUsd } from '../execution/margin.js'
import type { Product } from '../market/market.js'
import type { LoadedInstrument } from './loaded-instrument.js'

/** Margin of one lot of an instrument on each of its bars, and where it comes from. */
export interface LoadedMargins {
  readonly initialUsd: Float64Array | undefined
  readonly maintenanceUsd: Float64Array | undefined
  /** Share of the legs' margins that is given back. */
  readonly spreadCredit: number
  readonly words: string
}

/** What was said on the command line; null takes config/margins.yaml. */
export interface RequestedMargins {
  readonly initialUsd: number | null
  readonly maintenanceUsd: number | null
  readonly spreadCredit: number | null
}

/**
 * Margins in force on each bar; before the first dated one the first, after the last the last. An instrument with a leg whose
 * margin nothing says has none.
 * @param config read only where an instrument has a product
 */
export function instrumentMargins(
  { legs, bars, name }: LoadedInstrument,
  said: RequestedMargins,
  config: () => MarginsConfig,
): LoadedMargins {
  const count = bars.close.length
  const column = (usd: number): Float64Array | undefined => (usd > 0 ? new Float64Array(count).fill(usd) : undefined)
  if (said.initialUsd !== null || legs.some(({ product }) => product === null)) {
    const initialUsd = said.initialUsd ?? 0
    const maintenanceUsd = said.maintenanceUsd ?? 0
    return {
      initialUsd: column(initialUsd),
      maintenanceUsd: column(maintenanceUsd),
      spreadCredit: 0,
      words: initialUsd + maintenanceUsd > 0 ? 'as said on the command line' : 'none',
    }
  }
  const margins = config()
  const rows = legs.map(({ product }) => marginRows(margins, product as Product))
  const none = legs.find((_, i) => rows[i].length === 0)
  if (none !== undefined) {
    return {
      initialUsd: undefined,
      maintenanceUsd: column(said.maintenanceUsd ?? 0),
      spreadCredit: 0,
      words: `none: config/margins.yaml has no margin of ${none.name}`,
    }
  }
  const credit =
    legs.length === 1
      ? 0
      : (said.spreadCredit ??
        creditOf(
          margins,
          name,
          legs.map((leg) => leg.name),
        ))
  const initialUsd = new Float64Array(count)
  const at = rows.map(() => 0)
  const held = legs.map(({ lots }, i) => ({ lots, usdPerLot: rows[i][0].initialUsd }))
  for (let bar = 0; bar < count; bar++) {
    const day = sessionDayOf(bars, bar)
    for (let i = 0; i < legs.length; i++) {
      while (at[i] + 1 < rows[i].length && rows[i][at[i] + 1].from <= day) at[i]++
      held[i].usdPerLot = rows[i][at[i]].initialUsd
    }
    initialUsd[bar] = spreadMarginUsd(held, credit)
  }
  return {
    initialUsd,
    maintenanceUsd:
      said.maintenanceUsd === null
        ? initialUsd.map((usd) => usd / margins.initialToMaintenance)
        : column(said.maintenanceUsd),
    spreadCredit: credit,
    words: `config/margins.yaml, dated (${margins.source})${credit > 0 ? `; ${100 * credit} % of the legs’ sum is given back for the spread` : ''}`,
  }
}

/** Dated margins of a product, or of the one that stands in for it. */
function marginRows(
  { products }: MarginsConfig,
  product: Product,
): readonly { readonly from: number; readonly initialUsd: number }[] {
  const own = products[product]
  const source = own && own.margins.length === 0 && own.marginProxy !== undefined ? own.marginProxy : product
  return products[source]?.margins ?? []
}

function creditOf({ spreadCredits }: MarginsConfig, name: string, products: readonly string[]): number {
  const { calendar, interCommodity, spreads } = spreadCredits
  return spreads[name] ?? (new Set(products).size === 1 ? calendar : interCommodity)
}
