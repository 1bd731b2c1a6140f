import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_COSTS, tieredCommission, type CommissionTier } from '../../src/lib/execution/costs.js'
import { priceFill, type PricedFill } from '../../src/lib/execution/price-fill.js'

const FACTS = { volatility: 0, dailyVolume: 0, lotsBefore: 0 }

function priced(
  lots: number,
  touched: number,
  costs: Partial<typeof NO_COSTS>,
  facts: Partial<typeof FACTS> = {},
  isLimit = false,
): PricedFill {
  const out = { price: 0, commissionUsd: 0, slippageUsd: 0, impactUsd: 0 }
  priceFill(out, lots, touched, 1000, { ...NO_COSTS, ...costs }, { ...FACTS, ...facts }, isLimit)
  return out
}

describe('what a fill costs', () => {
  it('is always adverse: a buyer at −14 with 1 % pays −13.86, a seller gets −14.14', () => {
    expect(priced(1, -14, { slippageFraction: 0.01 }).price).toBeCloseTo(-13.86, 12)
    expect(priced(-1, -14, { slippageFraction: 0.01 }).price).toBeCloseTo(-14.14, 12)
  })

  it('takes a fee in per cent of |notional|: 0.02 % of 2 lots at −37.63 is 15.05', () => {
    expect(priced(2, -37.63, { commissionFraction: 0.0002 }).commissionUsd).toBeCloseTo(15.052, 9)
  })

  it('adds commission and exchange fee by the lot: 2.50 and 1.50 of 3 lots are 12', () => {
    expect(priced(-3, 50, { commissionUsdPerLot: 2.5, exchangeFeeUsdPerLot: 1.5 }).commissionUsd).toBe(12)
  })

  it('pays half the spread between bid and ask: 0.02 wide is 10 USD a lot', () => {
    const fill = priced(1, 50, { bidAsk: 0.02 })
    expect([fill.price, fill.slippageUsd]).toEqual([50.01, 10])
  })

  it('slips by a tenth of a deviation of 1.50: 0.15', () => {
    expect(priced(1, 50, { slippageVolatility: 0.1 }, { volatility: 1.5 }).price).toBeCloseTo(50.15, 12)
  })

  it('moves the market with the square root: 100 of 10,000 lots at σ 2 and Y 0.5 are 0.10 a barrel, 10,000 USD', () => {
    const fill = priced(100, 50, { impact: 0.5 }, { volatility: 2, dailyVolume: 10_000 })
    expect(fill.price).toBeCloseTo(50.1, 12)
    expect(fill.impactUsd).toBeCloseTo(10_000, 8)
    const fourfold = priced(400, 50, { impact: 0.5 }, { volatility: 2, dailyVolume: 10_000 })
    expect(fourfold.impactUsd / fill.impactUsd).toBeCloseTo(8, 10)
  })

  it('adds its parts, and charges each once', () => {
    const fill = priced(
      -2,
      50,
      { slippagePrice: 0.01, slippageFraction: 0.001, bidAsk: 0.02, impact: 1, slippageVolatility: 0.1 },
      { volatility: 1, dailyVolume: 200 },
    )
    // 0.01 + 0.05 + 0.10 + 0.01 = 0.17 of slippage; impact √(2 ÷ 200) = 0.10.
    expect(fill.price).toBeCloseTo(50 - 0.27, 12)
    expect([fill.slippageUsd, fill.impactUsd]).toEqual([expect.closeTo(340, 9), expect.closeTo(200, 9)])
  })

  it('leaves a limit at its price: commission only', () => {
    const fill = priced(
      1,
      50,
      { slippagePrice: 1, bidAsk: 1, impact: 1, commissionUsdPerLot: 2.5 },
      { volatility: 9, dailyVolume: 1 },
      true,
    )
    expect(fill).toEqual({ price: 50, commissionUsd: 2.5, slippageUsd: 0, impactUsd: 0 })
  })

  it('is never negative, whatever the price', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.double({ min: -100, max: 100, noNaN: true }),
        fc.integer({ min: -50, max: 50 }).filter((lots) => lots !== 0),
        fc.array(part, { minLength: 6, maxLength: 6 }),
        (touched, lots, [a, b, c, d, e, f]) => {
          const costs = {
            slippagePrice: a,
            slippageFraction: b,
            bidAsk: c,
            impact: d,
            commissionFraction: e,
            slippageVolatility: f,
          }
          const fill = priced(lots, touched, costs, { volatility: 1, dailyVolume: 10 })
          expect(Math.min(fill.commissionUsd, fill.slippageUsd, fill.impactUsd)).toBeGreaterThanOrEqual(0)
          expect((fill.price - touched) * lots).toBeGreaterThanOrEqual(0)
        },
      ),
      { seed: 4, numRuns: 300 },
    )
  })
})

describe('commission by tiers', () => {
  const tiers: CommissionTier[] = [
    { throughLots: 100, usdPerLot: 2.5 },
    { throughLots: 500, usdPerLot: 2 },
    { throughLots: Infinity, usdPerLot: 1.5 },
  ]

  it('applies a rate to its slice: 600 lots are 100 × 2.50 + 400 × 2.00 + 100 × 1.50 = 1,200', () => {
    expect(tieredCommission(tiers, 0, 600)).toBe(1200)
  })

  it('is the same in one order or in many', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 12 }), (orders) => {
        let before = 0
        let usd = 0
        for (const lots of orders) {
          usd += tieredCommission(tiers, before, lots)
          before += lots
        }
        expect(usd).toBe(tieredCommission(tiers, 0, before))
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})
