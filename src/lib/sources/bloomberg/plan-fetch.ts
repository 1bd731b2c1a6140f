import type { BloombergConfig } from '../../config/sections/sources.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { ContangoError } from '../../kernel/errors.js'
import type { Market, Product } from '../../market/market.js'
import { genericTickerOf } from '../../market/ticker.js'
import type { Store } from '../../store/types.js'

export const BLOOMBERG_SOURCE = 'bloomberg'

/** Intraday bars without --from: today and the days since the last weekend's Friday. */
const INTRADAY_DAYS = 3

/** What can be fetched of a product. */
export type Fetchable = 'curves' | 'bars' | 'intraday' | 'reference'

/** One product's part of a fetch. */
export interface PlannedFetch {
  readonly what: Fetchable
  readonly product: Product
  /** Generic tickers, front first, with the rank that each is. */
  readonly tickers: readonly string[]
  readonly from: EpochDay
  readonly to: EpochDay
}

export interface FetchWish {
  readonly what: readonly Fetchable[]
  readonly products: readonly Product[]
  /** Null: as the configuration says. */
  readonly ranks: number | null
  readonly from: EpochDay | null
  readonly to: EpochDay | null
  /** UTC day of the run. */
  readonly today: EpochDay
}

/**
 * The requests in the order of the products. Without `from` a dataset begins shortly before its last day in the lake,
 * so that corrections are seen, and one that the lake lacks so far back as the configuration says.
 */
export function planFetch(
  wish: FetchWish,
  config: BloombergConfig,
  market: Market,
  store: Pick<Store, 'pick'>,
): PlannedFetch[] {
  const to = wish.to ?? wish.today
  if (wish.from !== null && wish.from > to) {
    throw new ContangoError(
      'usage',
      'BAD_WINDOW',
      `--from ${isoFromDay(wish.from)} is after ${wish.to === null ? 'today' : '--to'} ${isoFromDay(to)}`,
      'swap them, or leave --from out',
    )
  }
  return wish.products.flatMap((product) =>
    wish.what.map((what): PlannedFetch => {
      const { bloomberg, bloombergFrontNumber } = market.instrument(product).codes
      if (bloomberg === null) {
        throw new ContangoError(
          'usage',
          'NO_BLOOMBERG_ROOT',
          `the Bloomberg root of ${market.instrument(product).name} is not known here`,
          'name it in config/instruments.yaml: codes.bloomberg',
          { product },
        )
      }
      const count = what === 'bars' ? 1 : (wish.ranks ?? (what === 'intraday' ? 1 : config.ranks))
      const tickers = Array.from({ length: count }, (_, i) =>
        genericTickerOf(market, product, bloombergFrontNumber + i),
      ).filter((ticker) => ticker !== null)
      const stored = what === 'curves' || what === 'bars'
      const last = stored ? (store.pick(what, product, BLOOMBERG_SOURCE)?.last ?? null) : null
      const back = stored ? config.historyDays : INTRADAY_DAYS
      const from = wish.from ?? Math.min(to, last === null ? to - back : last - config.overlapDays)
      return { what, product, tickers, from, to }
    }),
  )
}
