/**
 * The wait that a Retry-After header asks for, in milliseconds, cut to `maxMs`. RFC 9110, 10.2.3: seconds or an HTTP date.
 * @param nowMs milliseconds since 1970-01-01 UTC
 * @returns null without a header or where it is neither; 0 for a date that has passed
 */
export function retryAfterMs(header: string | null, nowMs: number, maxMs: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, maxMs)
  // "Wed, 21 Oct 2015 07:28:00 GMT" and the two older forms all begin with a weekday
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at - nowMs), maxMs)
}
