/** Equity at the last close of each day. */
export interface DailyEquity {
  /** Epoch days, ascending. */
  readonly days: Int32Array
  readonly usd: Float64Array
}

const DAY_MS = 86_400_000

export function dailyEquity(timeMs: Float64Array, equityUsd: Float64Array): DailyEquity {
  const bars = equityUsd.length
  const days = new Int32Array(bars)
  const usd = new Float64Array(bars)
  let count = 0
  for (let bar = 0; bar < bars; bar++) {
    const day = Math.floor(timeMs[bar] / DAY_MS)
    if (count > 0 && days[count - 1] === day) count--
    days[count] = day
    usd[count] = equityUsd[bar]
    count++
  }
  return { days: days.slice(0, count), usd: usd.slice(0, count) }
}

/** Days that every one of the series has, ascending. */
export function commonDays(series: readonly DailyEquity[]): Int32Array {
  const counts = new Map<number, number>()
  for (const { days } of series) for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1)
  return Int32Array.from([...counts].flatMap(([day, count]) => (count === series.length ? [day] : []))).sort()
}

/** Equity on the days asked for, each of which the series has. */
export function equityOn({ days, usd }: DailyEquity, wanted: Int32Array): Float64Array {
  const found = new Float64Array(wanted.length)
  let at = 0
  for (let i = 0; i < wanted.length; i++) {
    while (days[at] < wanted[i]) at++
    found[i] = usd[at]
  }
  return found
}
