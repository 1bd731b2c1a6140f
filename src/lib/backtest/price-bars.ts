/** Bars in order of time; prices may be zero or negative. */
export interface PriceBars {
  /** Milliseconds since 1970-01-01 UTC of the bar's label; a day is its midnight. */
  readonly timeMs: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** 1 where a position moves to the next contract at the close of the bar; absent where nothing rolls. */
  readonly rolls?: Uint8Array
  /** Settlement of the contract held, where the close is a joined level; absent where the close is the price. */
  readonly price?: Float64Array
  /** Columns that a strategy asked for, by name; NaN where a value was not known at the close of the bar. */
  readonly extra?: Readonly<Record<string, Float64Array>>
}

/** The first `bars` bars, sharing memory: what was known at the close of the last of them. */
export function barsUntil({ timeMs, open, high, low, close, rolls, price, extra }: PriceBars, bars: number): PriceBars {
  return {
    timeMs: timeMs.subarray(0, bars),
    open: open.subarray(0, bars),
    high: high.subarray(0, bars),
    low: low.subarray(0, bars),
    close: close.subarray(0, bars),
    rolls: rolls?.subarray(0, bars),
    price: price?.subarray(0, bars),
    extra: extra && Object.fromEntries(Object.entries(extra).map(([name, column]) => [name, column.subarray(0, bars)])),
  }
}

const DAY_MS = 86_400_000

/** `2020-04-20`, or `2020-04-20T14:30:00Z` where the bar has a time of day. */
export function barTimeText(timeMs: number): string {
  const text = new Date(timeMs).toISOString()
  return timeMs % DAY_MS === 0 ? text.slice(0, 10) : text.replace('.000Z', 'Z')
}
