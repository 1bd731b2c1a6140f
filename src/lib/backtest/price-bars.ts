/** Bars in order of time; prices may be zero or negative. */
export interface PriceBars {
  /** Milliseconds since 1970-01-01 UTC of the bar's label; a day is its midnight. */
  readonly timeMs: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** Price of the contract held, where the close is a joined level; absent where the close is the price. */
  readonly price?: Float64Array
  /** Lots traded, NaN where it is not known; absent where nothing says. */
  readonly volume?: Float64Array
  /** Session date of each bar as an epoch day: an evening belongs to the next date; absent where it is the date of the label. */
  readonly sessionDay?: Int32Array
  /** 1 for the last bar of a session; absent where each bar is one. */
  readonly sessionEnd?: Uint8Array
  /** By which returns are annualised; 252 where it is absent. A fact of the calendar: bars that are cut off have it too. */
  readonly barsPerYear?: number
  /** Columns that a strategy asked for, by name; NaN where a value was not known at the close of the bar. */
  readonly extra?: ExtraColumns
  /** What `extra` of the first bars would be had nothing after them happened; absent where it is the same, cut off. */
  readonly extraUntil?: (bars: number) => ExtraColumns
}

export type ExtraColumns = Readonly<Record<string, Float64Array>>

/** The first `bars` bars, sharing memory: what was known at the close of the last of them. */
export function barsUntil(all: PriceBars, bars: number): PriceBars {
  const { extra, extraUntil } = all
  return {
    timeMs: all.timeMs.subarray(0, bars),
    open: all.open.subarray(0, bars),
    high: all.high.subarray(0, bars),
    low: all.low.subarray(0, bars),
    close: all.close.subarray(0, bars),
    price: all.price?.subarray(0, bars),
    volume: all.volume?.subarray(0, bars),
    sessionDay: all.sessionDay?.subarray(0, bars),
    sessionEnd: all.sessionEnd?.subarray(0, bars),
    barsPerYear: all.barsPerYear,
    extra: extraUntil?.(bars) ?? (extra && cutColumns(extra, bars)),
    extraUntil,
  }
}

export function cutColumns(columns: ExtraColumns, bars: number): ExtraColumns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(0, bars)]))
}

const DAY_MS = 86_400_000

type Dated = Pick<PriceBars, 'timeMs' | 'sessionDay'>

/** Session date of a bar as an epoch day. */
export function sessionDayOf({ timeMs, sessionDay }: Dated, bar: number): number {
  return sessionDay === undefined ? Math.floor(timeMs[bar] / DAY_MS) : sessionDay[bar]
}

/** What months and days are counted by: midnight of the session date, or the label where that is the date. */
export function sessionTimes({ timeMs, sessionDay }: Dated): Float64Array {
  if (sessionDay === undefined) return timeMs
  const times = new Float64Array(sessionDay.length)
  for (let bar = 0; bar < times.length; bar++) times[bar] = sessionDay[bar] * DAY_MS
  return times
}

/** UTC date of each bar as an epoch day. */
export function utcDays(timeMs: Float64Array): Int32Array {
  const days = new Int32Array(timeMs.length)
  for (let bar = 0; bar < days.length; bar++) days[bar] = Math.floor(timeMs[bar] / DAY_MS)
  return days
}

/** Midnight, UTC: a label that is a day and no time. Faster than a remainder, over a million bars. */
export function isWholeDay(timeMs: number): boolean {
  return Math.floor(timeMs / DAY_MS) * DAY_MS === timeMs
}

/** Marks the last bar of each session; where the bars end, the session ends. */
export function sessionEnds(sessionDay: Int32Array): Uint8Array {
  const ends = new Uint8Array(sessionDay.length).fill(1)
  for (let bar = 1; bar < ends.length; bar++) if (sessionDay[bar] === sessionDay[bar - 1]) ends[bar - 1] = 0
  return ends
}

/** `2020-04-20`, or `2020-04-20T14:30:00Z` where the bar has a time of day. */
export function barTimeText(timeMs: number): string {
  const text = new Date(timeMs).toISOString()
  return isWholeDay(timeMs) ? text.slice(0, 10) : text.replace('.000Z', 'Z')
}
