import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../../kernel/canonical-json.js'
import { isoFromDay } from '../../kernel/day.js'
import { writeAtomic } from '../../runtime/write-atomic.js'
import type { Bloomberg } from './bloomberg.js'
import { scaled } from './map.js'
import { BLOOMBERG_SOURCE, type PlannedFetch } from './plan-fetch.js'
import type { IntradayBar } from './schema.js'

export interface IntradayContext {
  readonly bloomberg: Bloomberg
  readonly dataDir: string
  readonly intervalMinutes: number
  /** Our price in one unit of the vendor's quote. */
  readonly factor: number
  readonly unit: string
  /** Milliseconds since 1970-01-01 UTC: a bar that is not over is left out. */
  readonly nowMs: number
  readonly signal: AbortSignal
}

export interface FetchedIntraday {
  readonly ticker: string
  readonly intervalMinutes: number
  readonly bars: number
  /** Starts of the first and last bar, ISO in UTC; null where there is none. */
  readonly first: string | null
  readonly last: string | null
}

/** The request for whole UTC days, so that a day's file can be replaced as a whole. */
export function intradayWindow({ from, to }: Pick<PlannedFetch, 'from' | 'to'>): { from: string; to: string } {
  return { from: `${isoFromDay(from)}T00:00:00Z`, to: `${isoFromDay(to + 1)}T00:00:00Z` }
}

/** Bars of each ticker into `data/ticks/source=bloomberg/bars=5m/ticker=CL1_Comdty/date=YYYY-MM-DD.ndjson`, a file a UTC day. */
export async function fetchIntraday(planned: PlannedFetch, context: IntradayContext): Promise<FetchedIntraday[]> {
  const { bloomberg, dataDir, intervalMinutes, factor, unit, nowMs, signal } = context
  const fetched: FetchedIntraday[] = []
  for (const ticker of planned.tickers) {
    const answer = await bloomberg.intradayBars({ security: ticker, intervalMinutes, ...intradayWindow(planned) })
    const bars = answer
      .filter(({ time }) => Date.parse(time) + intervalMinutes * 60_000 <= nowMs)
      .sort((a, b) => (a.time < b.time ? -1 : 1))
    const folder = join(
      dataDir,
      'ticks',
      `source=${BLOOMBERG_SOURCE}`,
      `bars=${intervalMinutes}m`,
      `ticker=${ticker.replaceAll(/[^A-Za-z0-9]+/g, '_')}`,
    )
    await mkdir(folder, { recursive: true })
    for (const [date, ofDay] of byDate(bars)) {
      const lines = ofDay.map(({ time, open, high, low, close, volume }) => {
        const prices = { open, high, low, close }
        const ours = Object.fromEntries(Object.entries(prices).map(([name, price]) => [name, scaled(price, factor)]))
        return `${canonicalJson({ ticker, time, ...ours, volume, unit })}\n`
      })
      await writeAtomic(join(folder, `date=${date}.ndjson`), lines.join(''), signal)
    }
    const [first = null, last = first] = [bars[0]?.time, bars.at(-1)?.time]
    fetched.push({ ticker, intervalMinutes, bars: bars.length, first, last })
  }
  return fetched
}

function byDate(bars: readonly IntradayBar[]): Map<string, IntradayBar[]> {
  const days = new Map<string, IntradayBar[]>()
  for (const bar of bars) {
    const date = bar.time.slice(0, 10)
    const ofDay = days.get(date)
    if (ofDay) ofDay.push(bar)
    else days.set(date, [bar])
  }
  return days
}
