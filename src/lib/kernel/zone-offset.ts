const DAY_MS = 86_400_000

/**
 * How far the clock of an IANA zone is ahead of UTC at an instant, in milliseconds, negative behind it: −14,400,000 for New York in
 * summer. The rules are those of the runtime's own time zone data; two changes within one UTC day are not expected.
 * @param zone `America/New_York`
 */
export function zoneOffset(zone: string): (timeMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsetAt = (timeMs: number): number => {
    const part: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(timeMs)) part[type] = Number(value)
    const local = Date.UTC(part['year'], part['month'] - 1, part['day'], part['hour'], part['minute'], part['second'])
    return local - Math.floor(timeMs / 1000) * 1000
  }
  /** Offset of a UTC day without a change of the clocks; NaN of one with a change. */
  const ofDay = new Map<number, number>()
  return (timeMs) => {
    const day = Math.floor(timeMs / DAY_MS)
    let offset = ofDay.get(day)
    if (offset === undefined) {
      const first = offsetAt(day * DAY_MS)
      offset = first === offsetAt((day + 1) * DAY_MS) ? first : Number.NaN
      ofDay.set(day, offset)
    }
    return Number.isNaN(offset) ? offsetAt(timeMs) : offset
  }
}
