import type { Market } from '../../src/lib/market/market.js'
import type { RecordedTick } from '../../src/lib/store/recording.js'

/** Quotes of two tickers in turn over a midnight, one a second; `last` counts them. */
export function recordedTicks(rows: number): RecordedTick[] {
  const start = Date.UTC(2024, 0, 2, 23, 59, 0)
  return Array.from({ length: rows }, (_, i) => ({
    ticker: i % 2 === 0 ? 'CL1_Comdty' : 'CO1_Comdty',
    unit: 'USD/bbl',
    timeMs: start + i * 1000,
    last: i,
    change: Number.NaN,
    bid: i - 0.01,
    ask: i + 0.01,
    stale: i % 5 === 0,
  }))
}

/** The gate of ticks asks the market nothing. */
export const noMarket = {} as Market
