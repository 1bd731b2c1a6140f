import { describe, expect, it } from 'vitest'
import { retryAfterMs } from '../../../src/lib/sources/http/retry-after.js'

const NOON = Date.UTC(2024, 0, 2, 12)

describe('Retry-After', () => {
  it('is seconds, or the time until an HTTP date', () => {
    expect(retryAfterMs('7', NOON, 60_000)).toBe(7000)
    expect(retryAfterMs('Tue, 02 Jan 2024 12:00:30 GMT', NOON, 60_000)).toBe(30_000)
    expect(retryAfterMs('Tuesday, 02-Jan-24 12:00:30 GMT', NOON, 60_000)).toBe(30_000)
  })

  it('is cut to the longest wait that is accepted, and 0 for a moment that has passed', () => {
    expect(retryAfterMs('86400', NOON, 60_000)).toBe(60_000)
    expect(retryAfterMs('Wed, 03 Jan 2024 12:00:00 GMT', NOON, 60_000)).toBe(60_000)
    expect(retryAfterMs('Mon, 01 Jan 2024 12:00:00 GMT', NOON, 60_000)).toBe(0)
  })

  it('is null where there is none or it makes no sense', () => {
    for (const header of [null, '', 'soon', '-5', '1.5', '2024-01-02', 'Tue, 99 Foo']) {
      expect(retryAfterMs(header, NOON, 60_000), String(header)).toBeNull()
    }
  })
})
