import { barTimeText, type PriceBars } from './price-bars.js'
import type { Strategy, Target } from './strategy.js'

/** Targets from outside, oldest first, each time once. */
export interface SignalRows {
  /** Milliseconds since 1970-01-01 UTC; a date is its midnight. */
  readonly timeMs: Float64Array
  readonly target: Float64Array
}

const DAY_MS = 86_400_000
const hasTime = (timeMs: number): boolean => timeMs % DAY_MS !== 0

/**
 * A row is known at the close of its date, or of the first bar after it where that is none; a bar without a row holds on. A date
 * without a time of day stands for the end of that day, so that on bars within the day it acts on the first bar of a later one.
 */
export function signalFileStrategy(rows: SignalRows, name: string): Strategy {
  return {
    name,
    summary: 'Targets out of a file',
    rule: 'the target of the last row whose date is not after the bar; filled at the next open',
    parameters: [],
    firstDecisionBar: () => 0,
    prepare: (bars) => {
      const known = knownFrom(rows, bars)
      let next = 0
      return (bar, held) => {
        let target: Target = held
        for (; next < known.length && known[next] <= bars.timeMs[bar]; next++) target = rows.target[next]
        return target
      }
    },
  }
}

function knownFrom({ timeMs }: SignalRows, bars: PriceBars): Float64Array {
  const endOfDay = bars.timeMs.some(hasTime) && !timeMs.some(hasTime)
  return endOfDay ? timeMs.map((time) => time + DAY_MS) : timeMs
}

/** How the rows lie on the bars. */
export interface SignalAlignment {
  /** Rows after the last bar: they were not used. */
  readonly ignored: number
  /** Rows whose date is no bar, between the first and the last: they act on the next one. */
  readonly between: number
  readonly firstBetween: string | null
  /** Rows before the first bar: the last of them is the target of that bar. */
  readonly before: number
}

export function alignSignals({ timeMs }: SignalRows, bars: PriceBars): SignalAlignment {
  const first = bars.timeMs[0]
  const last = bars.timeMs[bars.timeMs.length - 1]
  const labels = new Set(Array.from(bars.timeMs, (time) => (timeMs.some(hasTime) ? time : time - (time % DAY_MS))))
  let ignored = 0
  let before = 0
  const between: number[] = []
  for (const time of timeMs) {
    if (time > last) ignored++
    else if (time < first && !labels.has(time)) before++
    else if (!labels.has(time)) between.push(time)
  }
  return {
    ignored,
    before,
    between: between.length,
    firstBetween: between.length === 0 ? null : barTimeText(between[0]),
  }
}
