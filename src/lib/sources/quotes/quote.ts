import type { Column, Table } from '../../cli/table.js'

/** The last that is known of one ticker. Prices in `unit`, NaN where unknown. */
export interface Quote {
  readonly ticker: string
  /** CL, BRN …; null of a ticker that is no product here. */
  readonly product: string | null
  /** When it arrived, ISO in UTC; of the simulator its own clock. */
  readonly time: string
  readonly last: number
  /** Against the settlement before. */
  readonly change: number
  readonly bid: number
  readonly ask: number
  /** Null where it is not known. */
  readonly unit: string | null
  /** Nothing came of it for a while, or the line is down: do not trade on it. */
  readonly stale: boolean
}

/** Where quotes come from. */
export interface QuoteFeed {
  readonly source: 'bloomberg' | 'sim'
  /** In Bloomberg's spelling. */
  readonly tickers: readonly string[]
  /** One quote per ticker, in order. */
  snapshot(): Promise<Quote[]>
  /** Quotes as they change, in batches, until the signal or an error ends it. */
  stream(signal: AbortSignal): AsyncIterable<readonly Quote[]>
  close(): Promise<void>
}

/** The same columns for a snapshot, a stream and a recording. */
export function quoteTable(quotes: readonly Quote[], source: QuoteFeed['source']): Table {
  const text = (name: 'ticker' | 'product' | 'time' | 'unit'): Column => ({
    name,
    kind: 'text',
    values: quotes.map((quote) => quote[name]),
  })
  const price = (name: 'last' | 'bid' | 'ask'): Column => ({
    name,
    kind: 'number',
    values: quotes.map((quote) => quote[name]),
  })
  return {
    length: quotes.length,
    columns: [
      text('ticker'),
      text('product'),
      text('time'),
      price('last'),
      { name: 'change', kind: 'number', signed: true, values: quotes.map(({ change }) => change) },
      price('bid'),
      price('ask'),
      text('unit'),
      { name: 'stale', kind: 'boolean', values: quotes.map(({ stale }) => stale) },
      { name: 'source', kind: 'text', values: quotes.map(() => source) },
      { name: 'simulated', kind: 'boolean', values: quotes.map(() => source === 'sim') },
    ],
  }
}
