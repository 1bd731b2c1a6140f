import type { AnalyticsConfig } from '../config/sections/analytics.js'
import type { SpreadsConfig } from '../config/sections/spreads.js'
import type { EpochDay } from '../kernel/day.js'
import type { ErrorDetails } from '../kernel/errors.js'
import type { Market, Product } from '../market/market.js'
import type { Store } from '../store/types.js'

/** What the desk asks of a command's context. */
export interface DeskContext {
  readonly store: Pick<Store, 'readCurves' | 'pick'>
  readonly market: Market
  readonly config: { readonly analytics: AnalyticsConfig; readonly spreads: SpreadsConfig }
  /** What `--as-of` said; null where it was not given. */
  readonly requestedAsOf: EpochDay | null
  asOf(products: readonly Product[]): EpochDay
  warn(code: string, message: string, details?: ErrorDetails): void
}
