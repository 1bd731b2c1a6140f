import { isoFromDay } from '../../kernel/day.js'
import type { IntradayColumns } from '../../market/dataset.js'
import { ingest, type IngestContext } from '../ingest.js'
import { tickerDataset } from '../ticker-dataset.js'
import type { Bloomberg } from './bloomberg.js'
import { scaled } from './map.js'
import { BLOOMBERG_SOURCE, type PlannedFetch } from './plan-fetch.js'
import type { IntradayBar } from './schema.js'

export interface IntradayContext {
  readonly bloomberg: Bloomberg
  readonly ingestion: IngestContext
  readonly intervalMinutes: number
  /** Our price in one unit of the vendor's quote. */
  readonly factor: number
  readonly unit: string
  /** Milliseconds since 1970-01-01 UTC: a bar that is not over is left out. */
  readonly nowMs: number
}

export interface FetchedIntraday {
  readonly ticker: string
  /** Name of the dataset: CL1_Comdty_5m. */
  readonly name: string
  readonly intervalMinutes: number
  /** Bars of the answer that are over. */
  readonly bars: number
  readonly added: number
  readonly revised: number
  readonly dropped: number
  /** Starts of the first and last bar, ISO in UTC; null where there is none. */
  readonly first: string | null
  readonly last: string | null
}

const DAY_MS = 86_400_000

/** The request for whole UTC days. */
export function intradayWindow({ from, to }: Pick<PlannedFetch, 'from' | 'to'>): { from: string; to: string } {
  return { from: `${isoFromDay(from)}T00:00:00Z`, to: `${isoFromDay(to + 1)}T00:00:00Z` }
}

/** Bars of each ticker into the lake, as `CL1_Comdty_5m`; a bar that is there already is replaced by what Bloomberg says now. */
export async function fetchIntraday(planned: PlannedFetch, context: IntradayContext): Promise<FetchedIntraday[]> {
  const { bloomberg, intervalMinutes, nowMs, ingestion } = context
  const fetched: FetchedIntraday[] = []
  for (const ticker of planned.tickers) {
    const answer = await bloomberg.intradayBars({ security: ticker, intervalMinutes, ...intradayWindow(planned) })
    const bars = answer
      .filter(({ time }) => Date.parse(time) + intervalMinutes * 60_000 <= nowMs)
      .sort((a, b) => Date.parse(a.time) - Date.parse(b.time))
    const columns = intradayColumns(ticker, bars, context)
    const [{ name, added, revised, dropped }] = await ingest(ingestion, [
      { columns, source: BLOOMBERG_SOURCE, simulated: false },
    ])
    const iso = (at: number): string | null =>
      bars.length === 0 ? null : new Date(columns.timeMs.at(at)!).toISOString()
    const [first, last] = [iso(0), iso(-1)]
    fetched.push({ ticker, name, intervalMinutes, bars: bars.length, added, revised, dropped, first, last })
  }
  return fetched
}

function intradayColumns(
  ticker: string,
  bars: readonly IntradayBar[],
  { intervalMinutes, factor, unit }: IntradayContext,
): IntradayColumns {
  const number = (of: (bar: IntradayBar) => number | null): Float64Array =>
    Float64Array.from(bars, (bar) => of(bar) ?? Number.NaN)
  const timeMs = number(({ time }) => Date.parse(time))
  return {
    kind: 'intraday',
    ticker: `${tickerDataset(ticker)}_${intervalMinutes}m`,
    unit,
    day: Int32Array.from(timeMs, (ms) => Math.floor(ms / DAY_MS)),
    timeMs,
    open: number(({ open }) => scaled(open, factor)),
    high: number(({ high }) => scaled(high, factor)),
    low: number(({ low }) => scaled(low, factor)),
    close: number(({ close }) => scaled(close, factor)),
    volume: number(({ volume }) => volume),
  }
}
