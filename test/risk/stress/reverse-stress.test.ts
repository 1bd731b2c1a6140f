import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenCovariance, deviationLoss } from '../../../src/lib/risk/stress/broken-covariance.js'
import { reverseStress } from '../../../src/lib/risk/stress/reverse-stress.js'

describe('reverseStress', () => {
  it('of two equal independent positions splits the loss in halves', () => {
    const shock = reverseStress([1000, 1000], Float64Array.of(4, 0, 0, 4), 20_000)!
    // w'Σw = 8,000,000; s = −20,000 × 4,000 ÷ 8,000,000
    expect([...shock.change]).toEqual([-10, -10])
    expect(shock.deviationUsd).toBeCloseTo(Math.sqrt(8e6), 9)
    expect(shock.sigmas).toBeCloseTo(20_000 / Math.sqrt(8e6), 12)
  })

  it('loses exactly what was asked, and no other shock that does is nearer', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 2 }), number, (w, a) => {
        fc.pre(Math.hypot(...w) > 0.1)
        const covariance = Float64Array.of(1, 0.6, 0.6, 1)
        const length = (s: ArrayLike<number>): number => (s[0] ** 2 - 1.2 * s[0] * s[1] + s[1] ** 2) / 0.64
        const shock = reverseStress(w, covariance, 5)!
        expect(w[0] * shock.change[0] + w[1] * shock.change[1]).toBeCloseTo(-5, 8)
        // any step that keeps the loss: along the direction at right angles to w
        const step = [shock.change[0] - a * w[1], shock.change[1] + a * w[0]]
        expect(length(step)).toBeGreaterThanOrEqual(length(shock.change) - 1e-9)
      }),
      { seed: 7 },
    )
  })

  it('is null for a book that does not move', () => {
    expect(reverseStress([1, -1], Float64Array.of(1, 1, 1, 1), 100)).toBeNull()
  })
})

describe('a correlation break', () => {
  const sides = [
    { contract: 'CLF24', lots: 10 },
    { contract: 'CLG24', lots: -10 },
  ]
  // 100 and 90 USD a day, correlation of prices 0.99: of P&L −0.99, one being sold
  const covariance = Float64Array.of(10_000, -8910, -8910, 8100)

  it('makes a calendar spread as risky as its two legs: √(100² + 90²) instead of 16.7', () => {
    expect(deviationLoss(covariance, 2, 1).lossUsd).toBeCloseTo(Math.sqrt(280), 9)
    const zero = brokenCovariance(covariance, sides, { multiplier: 1, correlation: 0 })
    expect(deviationLoss(zero, 2, 1).lossUsd).toBeCloseTo(Math.sqrt(18_100), 9)
    const one = brokenCovariance(covariance, sides, { multiplier: 1, correlation: 1 })
    expect(deviationLoss(one, 2, 1).lossUsd).toBeCloseTo(10, 9)
  })

  it('keeps two positions in one contract together, and components that add up', () => {
    const same = sides.map((side) => ({ ...side, contract: 'CLF24' }))
    const broken = brokenCovariance(covariance, same, { multiplier: 1, correlation: 0 })
    const { lossUsd, components } = deviationLoss(broken, 2, 1.645)
    expect(lossUsd).toBeCloseTo(16.45, 9)
    expect(components[0] + components[1]).toBeCloseTo(lossUsd, 9)
  })

  it('doubles the loss when every volatility doubles', () => {
    const doubled = brokenCovariance(covariance, sides, { multiplier: 2, correlation: null })
    expect(deviationLoss(doubled, 2, 1).lossUsd).toBeCloseTo(2 * Math.sqrt(280), 9)
  })
})
