import type { Table } from '../../cli/table.js'
import { quoteTable, type Quote, type QuoteFeed } from './quote.js'

export interface WatchOptions {
  readonly feed: QuoteFeed
  /** End after so many quotes; null for no end. */
  readonly count: number | null
  /** End after so long; null for no end. */
  readonly seconds: number | null
  readonly signal: AbortSignal
  /** Keeps what went out; null where nothing is kept. */
  readonly recorder: Recorder | null
  /** Says that the stream runs, until the function that it returns is called. */
  readonly note: () => () => void
}

export interface Recorder {
  write(quotes: readonly Quote[]): Promise<void>
  close(): Promise<void>
}

/** The stream as tables of rows, until it has run its time or somebody stops it; then everything is put away. */
export async function* watchQuotes(options: WatchOptions): AsyncIterable<Table> {
  const { feed, count, seconds, signal, recorder } = options
  const over = new AbortController()
  const timer = seconds === null ? null : setTimeout(() => over.abort(new Error('time is up')), seconds * 1000)
  let left = count ?? Number.POSITIVE_INFINITY
  const gone = options.note()
  try {
    for await (const batch of feed.stream(AbortSignal.any([signal, over.signal]))) {
      const quotes = batch.length > left ? batch.slice(0, left) : batch
      await recorder?.write(quotes)
      left -= quotes.length
      yield quoteTable(quotes, feed.source)
      if (left <= 0 || over.signal.aborted) return
    }
  } catch (error) {
    if (!over.signal.aborted || signal.aborted) throw error
  } finally {
    if (timer !== null) clearTimeout(timer)
    gone()
    await recorder?.close()
    await feed.close()
  }
}
