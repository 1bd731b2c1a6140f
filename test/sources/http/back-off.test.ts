import { describe, expect, it } from 'vitest'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { backOffMs } from '../../../src/lib/sources/http/back-off.js'
import { quickPolicy } from './support.js'

const policy = { ...quickPolicy, firstDelayMs: 1000, delayFactor: 2, maxDelayMs: 5000, jitterFraction: 0.25 }

describe('back-off', () => {
  it('doubles from the first delay up to the longest: 1, 2, 4, 5, 5 seconds', () => {
    expect([1, 2, 3, 4, 5].map((failed) => backOffMs(policy, failed, null))).toEqual([1000, 2000, 4000, 5000, 5000])
  })

  it('takes at most a quarter off by jitter, and the same for the same seed', () => {
    const draw = (): number[] => {
      const rng = seededRng(1, 'test')
      return [1, 2, 3, 4].map((failed) => backOffMs(policy, failed, rng))
    }
    const delays = draw()
    expect(draw()).toEqual(delays)
    for (const [i, full] of [1000, 2000, 4000, 5000].entries()) {
      expect(delays[i]).toBeLessThanOrEqual(full)
      expect(delays[i]).toBeGreaterThan(0.75 * full - 1e-9)
    }
    expect(new Set(delays.map((delay, i) => delay / [1000, 2000, 4000, 5000][i])).size).toBe(4)
  })
})
