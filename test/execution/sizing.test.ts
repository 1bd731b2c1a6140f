import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cappedLots,
  fullSizeLots,
  sizedLots,
  wholeLots,
  type SizeCaps,
  type SizingFacts,
  type SizingRule,
} from '../../src/lib/execution/sizing.js'

/** A million of equity, CL at 50 that moves 1.00 a bar with a true range of 1.60 and a stop 2.00 away. */
const facts = (others: Partial<SizingFacts> = {}): SizingFacts => ({
  equityUsd: 1_000_000,
  multiplier: 1000,
  notionalPrice: 50,
  changeDeviation: 1,
  averageTrueRange: 1.6,
  stopDistance: 2,
  barsPerYear: 252,
  marginUsdPerLot: 0,
  elsewhereUsd: 0,
  ...others,
})
const notional: SizingRule = { kind: 'fraction', of: 'notional', fraction: 0.5, window: 20 }
const atRisk: SizingRule = { kind: 'fraction', of: 'risk', fraction: 0.01 }
const volTarget: SizingRule = { kind: 'vol-target', targetVol: 0.15, window: 60 }
const trueRange: SizingRule = { kind: 'atr', fraction: 0.01, multiple: 2, window: 20 }
const none: SizeCaps = { maxLots: null, maxLeverage: null, withinMargin: true }

describe('wholeLots', () => {
  it('takes the nearest, halves away from zero on both sides', () => {
    expect([0.49, 0.5, 1.5, -0.5, -1.49, -0.2, 0].map(wholeLots)).toEqual([0, 1, 2, -1, -1, 0, 0])
  })
  it('takes 0.1 + 0.2 + 0.2 lots for the half that it is', () => {
    expect(wholeLots(0.1 + 0.2 + 0.2)).toBe(1)
    expect(wholeLots(0.7 - 0.2)).toBe(1)
  })
})

describe('full size', () => {
  it.each<[string, SizingRule, number]>([
    ['fixed: the lots', { kind: 'fixed', lots: 3 }, 3],
    ['half of a million in lots of 50,000 USD', notional, 10],
    ['1 % of a million, 2,000 USD lost a lot at the stop', atRisk, 5],
    // 150,000 ÷ (1000 × √252 = 15,874.5)
    ['15 % a year where a lot moves 1,000 USD a day', volTarget, 9.449_111],
    ['1 % of a million, two ranges of 1,600 USD', trueRange, 3.125],
  ])('%s', (_, rule, lots) => {
    expect(fullSizeLots(rule, facts())).toBeCloseTo(lots, 5)
  })

  it('is not known where the divisor is zero or not known yet, and zero where equity is gone', () => {
    expect(fullSizeLots(volTarget, facts({ changeDeviation: 0 }))).toBeNaN()
    expect(fullSizeLots(trueRange, facts({ averageTrueRange: Number.NaN }))).toBeNaN()
    expect(fullSizeLots(atRisk, facts({ stopDistance: Number.NaN }))).toBeNaN()
    expect(fullSizeLots(notional, facts({ equityUsd: -5 }))).toBe(0)
  })
})

describe('lots of a target', () => {
  it('are the nearest under vol-target and within the fraction under fraction and atr', () => {
    expect(sizedLots(1, volTarget, facts())).toBe(9)
    expect(sizedLots(0.8, volTarget, facts())).toBe(8)
    expect(sizedLots(-1, trueRange, facts())).toBe(-3)
    expect(sizedLots(0.99, notional, facts())).toBe(9)
  })
  it('are none for a target of 0, whatever the size', () => {
    expect(sizedLots(0, volTarget, facts({ changeDeviation: 0 }))).toBe(0)
  })
  it('are as many short as long', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.constantFrom(notional, atRisk, volTarget, trueRange),
        (target, rule) => {
          expect(sizedLots(-target, rule, facts()) + sizedLots(target, rule, facts())).toBe(0)
        },
      ),
      { seed: 1, numRuns: 100 },
    )
  })
})

describe('caps', () => {
  it.each<[string, Partial<SizeCaps>, number]>([
    ['lots', { maxLots: 4 }, 4],
    // 2 × 1,000,000 ÷ 50,000
    ['leverage of 2', { maxLeverage: 2 }, 40],
    ['the smallest of both', { maxLots: 50, maxLeverage: 3 }, 50],
  ])('%s', (_, caps, most) => {
    expect(cappedLots(500, { ...none, ...caps }, facts())).toBe(most)
    expect(cappedLots(-500, { ...none, ...caps }, facts())).toBe(-most)
    expect(cappedLots(1, { ...none, ...caps }, facts())).toBe(1)
  })
  it('of margin: 6,500 USD a lot are 153 lots of a million, and 30 where others hold 800,000 of it', () => {
    expect(cappedLots(500, none, facts({ marginUsdPerLot: 6500 }))).toBe(153)
    expect(cappedLots(-500, none, facts({ marginUsdPerLot: 6500, elsewhereUsd: 800_000 }))).toBe(-30)
    expect(cappedLots(500, { ...none, withinMargin: false }, facts({ marginUsdPerLot: 6500 }))).toBe(500)
  })
  it('leave nothing where equity is gone', () => {
    expect(cappedLots(5, { ...none, maxLeverage: 2 }, facts({ equityUsd: -1 }))).toBe(0)
  })
  it('keep a size that is not known as it is', () => {
    expect(cappedLots(Number.NaN, { ...none, maxLots: 4 }, facts())).toBeNaN()
  })
})
