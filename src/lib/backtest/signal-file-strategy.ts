import { barTimeText, isWholeDay, type PriceBars } from './price-bars.js'
import type { Strategy, StrategyRemark, Target } from './strategy.js'

/** Targets from outside, oldest first, each time once. */
export interface SignalRows {
  /** Milliseconds since 1970-01-01 UTC; a date is its midnight. */
  readonly timeMs: Float64Array
  readonly target: Float64Array
}

const DAY_MS = 86_400_000
const hasTime = (timeMs: number): boolean => !isWholeDay(timeMs)

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
    outside: true,
    remarks: (bars) => remarksOf(rows, name, bars),
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

/** What a user should hear of rows that lie on no bar. */
function remarksOf({ timeMs }: SignalRows, name: string, bars: PriceBars): StrategyRemark[] {
  const timed = timeMs.some(hasTime)
  const labels = new Set(Array.from(bars.timeMs, (time) => (timed ? time : time - (time % DAY_MS))))
  const first = bars.timeMs[0]
  const last = bars.timeMs[bars.timeMs.length - 1]
  let ignored = 0
  const between: number[] = []
  for (const time of timeMs) {
    if (time > last) ignored++
    else if (time > first && !labels.has(time)) between.push(time)
  }
  const remarks: StrategyRemark[] = []
  if (ignored > 0) {
    remarks.push({
      code: 'SIGNALS_AFTER_BARS',
      message: `${name}: ${ignored} rows are after the last bar, ${barTimeText(last)}, and are ignored`,
      details: { rows: ignored },
    })
  }
  if (between.length > 0) {
    remarks.push({
      code: 'SIGNALS_BETWEEN_BARS',
      message: `${name}: ${between.length} rows are of no bar, the first ${barTimeText(between[0])}: they act at the close of the next one`,
      details: { rows: between.length, first: barTimeText(between[0]) },
    })
  }
  return remarks
}
