import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveSlopePerMonth } from '../../src/lib/analytics/curve-slope.js'
import { curveStructure } from '../../src/lib/analytics/curve-structure.js'

describe('curveStructure', () => {
  it('is contango where every next contract is dearer, also from below zero', () => {
    expect(curveStructure([-37.63, 20.43, 26.28])).toBe('contango')
  })
  it('is backwardation where every next one is cheaper', () =>
    expect(curveStructure([80, 79.5, 79])).toBe('backwardation'))
  it('is mixed with one flat or one turning pair', () => {
    expect(curveStructure([70, 71, 71])).toBe('mixed')
    expect(curveStructure([71.65, 71.84, 71.69])).toBe('mixed')
  })
  it('needs two contracts', () => expect(curveStructure([70])).toBeNull())
  it('turns round when the curve is turned round, and does not see a parallel shift', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 150 }), { minLength: 2, maxLength: 12 }), (prices) => {
        const mirror = { contango: 'backwardation', backwardation: 'contango', mixed: 'mixed' } as const
        const here = curveStructure(prices)!
        expect(curveStructure([...prices].reverse())).toBe(mirror[here])
        expect(curveStructure(prices.map((price) => price + 40))).toBe(here)
      }),
      { seed: 1 },
    )
  })
})

describe('curveSlopePerMonth', () => {
  it('of a curve that gains 0.50 a month is 0.50, over the turn of the year too', () => {
    expect(curveSlopePerMonth([202311, 202312, 202401, 202402], [70, 70.5, 71, 71.5])).toBeCloseTo(0.5, 12)
  })
  it('counts months, not contracts: a listing with a hole has the same slope', () => {
    expect(curveSlopePerMonth([202311, 202401], [70, 71])).toBeCloseTo(0.5, 12)
  })
})
