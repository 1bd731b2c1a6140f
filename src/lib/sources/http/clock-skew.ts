/** Further apart than slow answers and sloppy servers explain. */
const MAX_CLOCK_SKEW_MS = 10 * 60_000

/**
 * Says that this machine's clock and the vendor's are far apart; null where they are not. Known-on dates, settled days and cache
 * ages come from this machine's clock: a wrong one must not go unseen.
 * @param serverMs the server's time of its answer; null where it does not say
 */
export function clockSkew(vendor: string, serverMs: number | null, nowMs: number): string | null {
  if (serverMs === null) return null
  const aheadMs = nowMs - serverMs
  if (Math.abs(aheadMs) < MAX_CLOCK_SKEW_MS) return null
  const apart = `${timeText(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'}`
  return `this machine's clock is ${apart} that of ${vendor}: the dates on which values became known follow it; set it`
}

/** The server's time of an answer by its `date`; a cache on the way says in `age` how old its copy is. */
export function serverNowMs(date: string | null, age: string | null): number | null {
  const dateMs = Date.parse(date ?? '')
  if (Number.isNaN(dateMs)) return null
  return dateMs + (/^\d{1,9}$/.test(age ?? '') ? Number(age) * 1000 : 0)
}

/** 12 min, 3 h, 400 days. */
function timeText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 120) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`
}
