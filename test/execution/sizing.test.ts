import { describe, expect, it } from 'vitest'
import { wholeLots } from '../../src/lib/execution/sizing.js'

describe('wholeLots', () => {
  it('takes the nearest, halves away from zero on both sides', () => {
    expect([0.49, 0.5, 1.5, -0.5, -1.49, -0.2, 0].map(wholeLots)).toEqual([0, 1, 2, -1, -1, 0, 0])
  })
  it('takes 0.1 + 0.2 + 0.2 lots for the half that it is', () => {
    expect(wholeLots(0.1 + 0.2 + 0.2)).toBe(1)
    expect(wholeLots(0.7 - 0.2)).toBe(1)
  })
})
