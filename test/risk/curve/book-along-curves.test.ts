import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PriceUnit, Product } from '../../../src/lib/market/market.js'
import { normalQuantile } from '../../../src/lib/kernel/normal-distribution.js'
import { bucketDeltas, contractDeltas } from '../../../src/lib/risk/curve/key-tenor-deltas.js'
import { legCorrelation } from '../../../src/lib/risk/curve/leg-correlation.js'
import { spreadRisk } from '../../../src/lib/risk/curve/spread-risk.js'
import { exogenousCostUsd } from '../../../src/lib/risk/liquidity/bangia.js'
import {
  jointHoldingDays,
  liquidationDays,
  liquidationFactor,
  meanHoldingDays,
} from '../../../src/lib/risk/liquidity/liquidation.js'
import { liquidityAdjusted } from '../../../src/lib/risk/liquidity/liquidity-adjusted.js'
import { market } from '../../desk/desk.js'
import { golden } from '../../support/golden.js'
import { PRICES } from '../samples.js'

const unitOf = (product: Product): PriceUnit => market.instrument(product).unit
const held = (product: Product, month: number, rank: number, lots: number, settlement: number) => ({
  product,
  contract: market.contractCode(product, month),
  month,
  rank,
  lots,
  multiplier: market.instrument(product).contractSize,
  settlement,
})

describe('key tenors', () => {
  it('10 lots of WTI at 70: 10,000 USD a dollar, 7,000 a per cent; 2 of RBOB: 84,000 a point, 2,000 a dollar a barrel', () => {
    const rows = contractDeltas([held('CL', 202603, 2, 10, 70), held('RB', 202603, 2, 2, 2)], unitOf)
    expect(rows).toMatchObject([
      { contract: 'CLH26', rank: 2, bucket: 'M2-M3', lots: 10, usdPerPoint: 10_000, usdPerUsdBbl: 10_000 },
      { contract: 'RBH26', usdPerPoint: 84_000 },
    ])
    expect(rows[0].usdPerPercent).toBeCloseTo(7000, 9)
    expect(rows[1].usdPerUsdBbl).toBeCloseTo(2000, 9)
    expect(rows[1].usdPerPercent).toBeCloseTo(1680, 9)
  })
  it('legs in one contract net, nearest first, and a stretch sums its contracts', () => {
    const book = [held('CL', 202604, 3, -4, 70), held('CL', 202603, 2, 10, 70), held('CL', 202603, 2, -3, 70)]
    expect(contractDeltas(book, unitOf).map(({ contract, lots }) => [contract, lots])).toEqual([
      ['CLH26', 7],
      ['CLJ26', -4],
    ])
    expect(bucketDeltas(book, unitOf)).toMatchObject([{ bucket: 'M2-M3', lots: 3, usdPerPoint: 3000, contract: null }])
  })
  it('a per cent of −37.63 has no direction, and natural gas has no barrel', () => {
    expect(contractDeltas([held('CL', 202005, 1, 1, -37.63)], unitOf)[0].usdPerPercent).toBeNull()
    expect(contractDeltas([held('NG', 202005, 1, 1, 2)], unitOf)[0]).toMatchObject({
      usdPerUsdBbl: null,
      usdPerPoint: 10_000,
    })
  })
})

describe('VaR of a spread', () => {
  const sides = [
    { contract: 'CLF26', lots: 1 },
    { contract: 'CLG26', lots: -1 },
  ]
  const near = Float64Array.of(300, -300, 100, -100)
  const far = Float64Array.of(-200, 200, -100, 100)
  const z = normalQuantile(0.95)

  it('by hand: together (100, −100, 0, 0), and √(variance of both) once correlations are gone', () => {
    const risk = spreadRisk(sides, [near, far], 0.95, false)
    expect(risk.varUsd).toBeCloseTo(z * Math.sqrt(20_000 / 3), 9)
    expect(risk.legs.map(({ sdUsd }) => sdUsd)).toEqual([
      expect.closeTo(Math.sqrt(200_000 / 3), 9),
      expect.closeTo(Math.sqrt(100_000 / 3), 9),
    ])
    expect(risk.undiversifiedUsd).toBeCloseTo(z * (Math.sqrt(200_000 / 3) + Math.sqrt(100_000 / 3)), 9)
    expect(risk.brokenVarUsd).toBeCloseTo(z * Math.sqrt(300_000 / 3), 9)
  })
  it('two positions in one contract stay one price when correlations break', () => {
    const same = sides.map(({ lots }) => ({ contract: 'CLF26', lots }))
    const risk = spreadRisk(same, [near, near.map((value) => -value)], 0.95, false)
    expect(risk.brokenVarUsd).toBeCloseTo(0, 9)
  })
  it('without the mean it is the same VaR less the drift', () => {
    const drifting = near.map((value) => value + 40)
    const [withMean, without] = [false, true].map((zeroMean) => spreadRisk(sides, [drifting, far], 0.95, zeroMean))
    expect(without.varUsd - withMean.varUsd).toBeCloseTo(40, 9)
    expect(without.brokenVarUsd - withMean.brokenVarUsd).toBeCloseTo(40, 9)
  })
})

describe('correlation of two legs', () => {
  const peer = golden<Record<string, number[][]> & { fisher_ci95_CL_CO: number[] }>('risk/correlations.json')
  const names = ['CL', 'CO', 'XB', 'HO', 'NG', 'QS', 'SPX', 'DXY']
  // The peer's logarithms of the prices around every change that occurs twice: the last bit decides which are ties.
  const peerLogs = golden<Record<string, Record<string, number>>>('risk/correlations_logs.json')
  const changesOf = (log: (price: number, name: string) => number): Float64Array[] =>
    names.map((name) => {
      const logs = PRICES[name].map((price) => log(price, name))
      return logs.subarray(1).map((value, t) => value - logs[t])
    })
  const returns = changesOf(Math.log)
  const settings = { lambda: 0.94, window: 60 }
  const pairs = names.flatMap((_, i) => names.slice(0, i).map((__, j) => [i, j]))

  it('equals its peers pair by pair to 1e-12, Pearson and ranks, with the logarithms that the peer’s processor gives', () => {
    const tables = new Map(
      names.map((name) => [name, new Map(Object.entries(peerLogs[name]).map(([price, log]) => [Number(price), log]))]),
    )
    const peerReturns = changesOf((price, name) => tables.get(name)?.get(price) ?? Math.log(price))
    for (const [i, j] of pairs) {
      const found = legCorrelation(peerReturns[i], peerReturns[j], settings)
      expect(found.pearson).toBeCloseTo(peer['pearson'][i][j], 12)
      expect(found.spearman).toBeCloseTo(peer['spearman'][i][j], 12)
      expect(found.kendall).toBeCloseTo(peer['kendall'][i][j], 12)
    }
  })
  it('which are ours to the last bit or the one beside it, at 68 prices', () => {
    const all = Object.values(peerLogs).flatMap((logs) => Object.entries(logs))
    expect(all.length).toBe(68)
    for (const [price, log] of all) {
      const lastBit = 2 ** (Math.floor(Math.log2(log)) - 52)
      expect(Math.abs(log - Math.log(Number(price)))).toBeLessThanOrEqual(lastBit)
    }
  })
  it('with the logarithms of this machine other equal changes are ties: ranks within 1e-5', () => {
    for (const [i, j] of pairs) {
      const found = legCorrelation(returns[i], returns[j], settings)
      expect(found.pearson).toBeCloseTo(peer['pearson'][i][j], 12)
      expect(Math.abs(found.spearman - peer['spearman'][i][j])).toBeLessThan(1e-5)
      expect(Math.abs(found.kendall - peer['kendall'][i][j])).toBeLessThan(1e-5)
    }
  })
  it('and so does the Fisher interval of WTI and Brent', () => {
    const { low95, high95 } = legCorrelation(returns[0], returns[1], settings)
    expect(low95).toBeCloseTo(peer.fisher_ci95_CL_CO[0], 12)
    expect(high95).toBeCloseTo(peer.fisher_ci95_CL_CO[1], 12)
  })
  it('ties share their ranks: (1, 1, 2, 5) with (1, 2, 2, 5) is 3.75/4.5 by ranks and 0.8 by pairs', () => {
    const found = legCorrelation(Float64Array.of(1, 1, 2, 5), Float64Array.of(1, 2, 2, 5), settings)
    // ranks (1.5, 1.5, 3, 4) and (1, 2.5, 2.5, 4): products 3.75, squares 4.5 and 4.5
    expect(found.spearman).toBeCloseTo(3.75 / 4.5, 12)
    // six pairs: four agree, one tied in each: 4 ÷ √(5·5)
    expect(found.kendall).toBeCloseTo(0.8, 12)
    expect(found.lowest).toBeNaN()
  })
  it('the lowest window finds where two legs parted', () => {
    const a = Float64Array.from({ length: 200 }, (_, t) => Math.sin(t * 1.7))
    const b = a.map((value, t) => (t >= 100 && t < 160 ? -value : value))
    expect(legCorrelation(a, b, settings).lowest).toBeCloseTo(-1, 12)
  })
})

describe('liquidity', () => {
  it('the factor of T days is √Σ(i ÷ T)²: 1 for one day, √1.25 for two', () => {
    expect(liquidationFactor(1)).toBe(1)
    for (const days of [2, 3, 7, 20]) {
      const steps = Array.from({ length: days }, (_, i) => (i + 1) / days)
      expect(liquidationFactor(days)).toBeCloseTo(Math.sqrt(steps.reduce((sum, x) => sum + x * x, 0)), 12)
      expect(meanHoldingDays(days)).toBeCloseTo(
        steps.reduce((sum, x) => sum + x, 0),
        12,
      )
    }
    expect(liquidationFactor(2)).toBeCloseTo(Math.sqrt(1.25), 12)
  })
  it('5,000 lots at a tenth of 10,000 a day take 5 days, 5,001 take 6, 50 take one', () => {
    expect(liquidationDays(-5000, 10_000, 0.1)).toBe(5)
    expect(liquidationDays(5001, 10_000, 0.1)).toBe(6)
    expect(liquidationDays(50, 10_000, 0.1)).toBe(1)
  })
  it('100 lots of WTI at 0.02 + 3 × 0.01 cost 2,500 USD, as half of 0.0714 % of 7 million does', () => {
    const cost = exogenousCostUsd(-100_000, { mean: 0.02, sd: 0.01 }, 3)
    expect(cost).toBeCloseTo(2500, 9)
    expect(0.5 * 7e6 * (0.02 / 70 + (3 * 0.01) / 70)).toBeCloseTo(cost, 9)
  })

  const pnlUsd = Float64Array.of(1000, -1000, 2000, -2000, 500, -500)
  const contract = { lots: 10, multiplier: 1000, bidAsk: { mean: 0.01, sd: 0.01 }, dailyLots: 1e6, pnlUsd }
  const request = { confidence: 0.99, zeroMean: true, participation: 0.1, spreadDeviations: 3 }

  it('of a liquid book is VaR and the cost; the horizon adds nothing', () => {
    const found = liquidityAdjusted([contract], request)
    expect(found.costUsd).toBeCloseTo(200, 9)
    expect(found.liquidityVarUsd).toBeCloseTo(found.varUsd + 200, 9)
    expect(found.horizonVarUsd).toBeCloseTo(found.varUsd, 9)
  })
  it('a perfect hedge that takes two days to sell leaves half a leg open on the second', () => {
    const hedge = { ...contract, lots: -10, dailyLots: 50, pnlUsd: pnlUsd.map((value) => -value) }
    const found = liquidityAdjusted([contract, hedge], request)
    expect(found.varUsd).toBeCloseTo(0, 9)
    expect(found.contracts.map((one) => one.liquidationDays)).toEqual([1, 2])
    expect(found.horizonVarUsd).toBeCloseTo(liquidityAdjusted([contract], request).varUsd / 2, 6)
  })
  it('the closed form of two paces is the sum over the days on which both are held', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (a, b) => {
        let sum = 0
        for (let j = 0; j < Math.min(a, b); j++) sum += (1 - j / a) * (1 - j / b)
        expect(jointHoldingDays(a, b)).toBeCloseTo(sum, 9)
        expect(jointHoldingDays(a, a)).toBeCloseTo(liquidationFactor(a) ** 2, 9)
      }),
      { seed: 5 },
    )
  })
  it('never falls with size, nor with less volume', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 1, max: 10, noNaN: true }), (lots, times) => {
        const sized = (size: number, dailyLots: number) =>
          liquidityAdjusted([{ ...contract, lots: size, dailyLots }], request)
        expect(sized(lots * times, 1000).costUsd).toBeGreaterThanOrEqual(sized(lots, 1000).costUsd)
        expect(sized(lots, 1000 / times).horizonVarUsd).toBeGreaterThanOrEqual(sized(lots, 1000).horizonVarUsd - 1e-9)
      }),
      { seed: 11 },
    )
  })
})
