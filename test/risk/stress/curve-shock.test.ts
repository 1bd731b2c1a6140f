import { describe, expect, it } from 'vitest'
import { drawnOut, shockedChange, type CurveShock } from '../../../src/lib/risk/stress/curve-shock.js'
import { shockOfProduct } from '../../../src/lib/risk/stress/shock-of-product.js'
import { spreadMove } from '../../../src/lib/risk/stress/spread-move.js'

const curve: CurveShock = {
  nodes: [
    { rank: 1, usd: -10, fraction: -0.2 },
    { rank: 4, usd: -6, fraction: -0.14 },
    { rank: 12, usd: -4, fraction: -0.1 },
  ],
}
const at = (rank: number, price = 50, businessDaysToExpiry = 30) => ({ rank, price, businessDaysToExpiry })

describe('shockedChange', () => {
  it('is linear in rank between the nodes and flat beyond: −20 %, −18 %, −14 %, −12 %, −10 %', () => {
    expect([1, 2, 4, 8, 12, 36].map((rank) => shockedChange(curve, at(rank)))).toEqual([
      -10,
      expect.closeTo(-9, 12),
      expect.closeTo(-7, 12),
      expect.closeTo(-6, 12),
      -5,
      -5,
    ])
  })

  it('takes the dollars where the price is not above zero', () => {
    expect(shockedChange(curve, at(1, -37.63))).toBe(-10)
    expect(shockedChange(curve, at(12, 0))).toBe(-4)
    expect(shockedChange({ nodes: [{ rank: 1, fraction: 0.5 }] }, at(1, -1))).toBeNaN()
  })

  it('takes the delivery window only within its business days', () => {
    const shock = { ...curve, deliveryWindow: { businessDays: 3, usd: -55.9 } }
    expect(shockedChange(shock, at(1, 18.27, 3))).toBe(-55.9)
    expect(shockedChange(shock, at(1, 50, 4))).toBe(-10)
  })
})

describe('shockOfProduct', () => {
  const usdPerBbl = (product: string): number | null =>
    product === 'NG' ? null : product === 'HO' || product === 'RB' ? 42 : product === 'LGO' ? 1 / 7.45 : 1
  const shocks = { CL: curve, BRN: { nodes: [{ rank: 1, usd: -9, fraction: -0.18 }] } } as const

  it('is the product’s own, else its proxy’s, dollars by way of the barrel', () => {
    const found = (product: 'CL' | 'BZ' | 'HO' | 'NG') =>
      shockOfProduct(product, { shocks, proxies: { BZ: 'BRN', HO: 'CL', NG: 'CL' }, curveProxy: 'CL' }, usdPerBbl)
    expect(found('CL')).toMatchObject({ proxy: null, beyondFront: null })
    expect(found('HO')).toMatchObject({
      proxy: 'CL',
      shock: { nodes: [{ usd: expect.closeTo(-10 / 42, 12) }, {}, {}] },
    })
    expect(found('BZ')?.proxy).toBe('BRN')
    expect(found('NG')).toBeNull() // no barrel, no conversion
  })

  it('is null without a measured shock or a declared proxy, even where proxies go in a circle', () => {
    const nothing = { shocks: {}, proxies: { BZ: 'BRN', BRN: 'BZ' }, curveProxy: 'CL' } as const
    expect(shockOfProduct('BZ', nothing, usdPerBbl)).toBeNull()
    expect(shockOfProduct('CL', nothing, usdPerBbl)).toBeNull()
  })

  it('draws a front-month shock out along the curve as WTI decays: −18 % × 0.14 ÷ 0.20 at rank 4', () => {
    const found = shockOfProduct('BRN', { shocks, proxies: {}, curveProxy: 'CL' }, usdPerBbl)
    expect(found?.beyondFront).toBe('CL')
    expect(found?.shock.nodes[1].fraction).toBeCloseTo(-0.126, 12)
    expect(drawnOut({ nodes: [{ rank: 1, fraction: 1 }] }, { nodes: [{ rank: 1, usd: 1, in: 'usd' }] })).toBeNull()
  })

  it('never hands on another contract’s delivery squeeze', () => {
    const squeeze = { CL: { ...curve, deliveryWindow: { businessDays: 3, usd: -55.9 } } }
    const found = shockOfProduct('BZ', { shocks: squeeze, proxies: { BZ: 'CL' }, curveProxy: 'CL' }, usdPerBbl)
    expect(found?.shock.deliveryWindow).toBeUndefined()
  })
})

describe('spreadMove', () => {
  it('moves the legs of a 3-2-1 crack so that it falls by exactly 5 USD/bbl', () => {
    const legs = [{ coefficient: 2 / 3 }, { coefficient: 1 / 3 }, { coefficient: -1 }]
    const moves = spreadMove(legs, -5)
    expect(moves.reduce((sum, move, i) => sum + move * legs[i].coefficient, 0)).toBeCloseTo(-5, 12)
    // squares add up to 14 ÷ 9: −5 × (2 ÷ 3) ÷ (14 ÷ 9)
    expect(moves[0]).toBeCloseTo(-15 / 7, 12)
  })
})
