import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTokenBucket } from '../../../src/lib/sources/http/token-bucket.js'

describe('token bucket', () => {
  it('lets the burst through at once, then one request each half second at 2 a second', () => {
    const take = createTokenBucket({ perSecond: 2, burst: 3, clock: { monotonicMs: () => 1000 } })
    expect([take(), take(), take(), take(), take()]).toEqual([0, 0, 0, 500, 1000])
  })

  it('fills up while nobody asks, but never beyond the burst', () => {
    let now = 0
    const take = createTokenBucket({ perSecond: 1, burst: 2, clock: { monotonicMs: () => now } })
    expect([take(), take(), take()]).toEqual([0, 0, 1000])
    now = 60_000
    expect([take(), take(), take()]).toEqual([0, 0, 1000])
  })

  it('never lets more than burst + rate × time through in any window', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        (gaps, perSecond, burst) => {
          let now = 0
          const take = createTokenBucket({ perSecond, burst, clock: { monotonicMs: () => now } })
          const sent = gaps.map((gap) => {
            now += gap
            return now + take()
          })
          for (let i = 0; i < sent.length; i++) {
            for (let j = i; j < sent.length; j++) {
              expect(j - i + 1).toBeLessThanOrEqual(burst + (perSecond * (sent[j] - sent[i])) / 1000 + 1e-6)
            }
          }
        },
      ),
      { seed: 5, numRuns: 100 },
    )
  })
})
