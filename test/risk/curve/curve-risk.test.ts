import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curvePca, factorExposureUsd } from '../../../src/lib/risk/curve/curve-pca.js'
import { keyTenorDeltas } from '../../../src/lib/risk/curve/key-tenors.js'
import { liquidationDays, liquidationFactor, spreadCost } from '../../../src/lib/risk/curve/liquidity.js'
import { spreadVar } from '../../../src/lib/risk/curve/spread-var.js'
import { golden, goldenColumns } from '../../support/golden.js'
import { sharedFile } from '../../support/shared.js'
import { realCurves } from '../../desk/desk.js'
import { contractMoves } from '../../../src/lib/analytics/contract-moves.js'
import { indexCurve } from '../../../src/lib/market/curve-index.js'

interface PeerPca {
  readonly eigenvalues: readonly number[]
  readonly explained: readonly number[]
  readonly loadings_first3: readonly (readonly number[])[]
}

const tenors = Object.entries(goldenColumns('risk/dataset_curve.csv'))
  .filter(([name]) => name.startsWith('CL'))
  .map(([, prices]) => prices)
const changesOf = (change: (now: number, before: number) => number): Float64Array[] =>
  tenors.map((prices) => Float64Array.from(prices.subarray(1), (price, i) => change(price, prices[i])))

describe('curvePca', () => {
  const peers = golden<Record<'diff_cov' | 'log_cov', PeerPca>>('risk/pca_curve.json')

  it.each([
    ['diff_cov', changesOf((now, before) => now - before)],
    ['log_cov', changesOf((now, before) => Math.log(now / before))],
  ] as const)('agrees with scikit-learn on %s', (name, changes) => {
    const pca = curvePca(changes)
    const peer = peers[name]
    peer.eigenvalues.forEach((value, k) => expect(pca.eigenvalues[k] / value).toBeCloseTo(1, 9))
    peer.explained.forEach((value, k) => expect(pca.explained[k]).toBeCloseTo(value, 10))
    peer.loadings_first3.forEach((loading, k) =>
      loading.forEach((value, i) => expect(pca.loadings[k][i]).toBeCloseTo(value, 7)),
    )
  })

  const curves = sharedFile('data/futures_curves_daily.csv')
  describe.skipIf(curves === null)('on real WTI settlements', () => {
    it('explains about 96.5, 3.0 and 0.5 % of the moves, contract by contract', () => {
      const index = indexCurve(realCurves(curves!, ['CL']).get('CL')!)
      const moves = Array.from({ length: 12 }, (_, k) => contractMoves(index, k + 1))
      const rows = [...index.days.keys()].filter((t) =>
        moves.every(({ settlement, base }) => base[t] > 0 && settlement[t] > 0),
      )
      const pca = curvePca(
        moves.map(({ settlement, base }) => Float64Array.from(rows, (t) => Math.log(settlement[t] / base[t]))),
      )
      expect(100 * pca.explained[0]).toBeGreaterThan(94)
      expect(100 * pca.explained[1]).toBeLessThan(5)
      expect(100 * pca.explained[2]).toBeLessThan(1)
    })
  })

  it('gives a parallel position its exposure to the level: 12 × 1,000 USD × 1/√12 × sd', () => {
    const level = Float64Array.of(-2, 1, 1)
    const pca = curvePca(Array.from({ length: 4 }, () => level))
    // covariance 3 everywhere: eigenvalue 12, loading ½ each
    expect(pca.eigenvalues[0]).toBeCloseTo(12, 9)
    expect(factorExposureUsd(pca, 0, [1000, 1000, 1000, 1000])).toBeCloseTo(2000 * Math.sqrt(12), 6)
  })
})

describe('keyTenorDeltas', () => {
  it('shares a contract between the keys next to it: rank 4 of 3 and 6 is two thirds and one third', () => {
    const deltas = keyTenorDeltas([{ rank: 4, delta: 3000 }], [1, 3, 6])
    expect([...deltas]).toEqual([0, expect.closeTo(2000, 9), expect.closeTo(1000, 9)])
  })

  it('keeps the sum, whatever the ranks', () => {
    const position = fc.record({ rank: fc.integer({ min: 1, max: 60 }), delta: fc.integer({ min: -1e6, max: 1e6 }) })
    fc.assert(
      fc.property(fc.array(position, { maxLength: 20 }), (positions) => {
        const sum = keyTenorDeltas(positions, [1, 2, 3, 6, 12, 24]).reduce((total, delta) => total + delta, 0)
        expect(sum).toBeCloseTo(
          positions.reduce((total, { delta }) => total + delta, 0),
          4,
        )
      }),
      { seed: 3 },
    )
  })
})

describe('spreadVar', () => {
  const legs = [Float64Array.of(10, -10, 10, -10), Float64Array.of(-9, 9, -9, 9)]

  it('is of the joint P&L: legs of 10 and 9 a day that offset leave 1', () => {
    const z = 1.6448536269514722
    const sd = Math.sqrt(4 / 3)
    const { legsUsd, spreadUsd, breakdownUsd } = spreadVar(legs, 0.95)
    expect(spreadUsd).toBeCloseTo(z * sd, 9)
    expect(legsUsd).toBeCloseTo(z * 19 * sd, 9)
    expect(breakdownUsd).toBeCloseTo(z * Math.sqrt(181) * sd, 9)
  })
})

describe('liquidity', () => {
  it('takes a day at least, and then as long as the share of the market says', () => {
    expect(liquidationDays(-10, 1000, 0.1)).toBe(1)
    expect(liquidationDays(500, 1000, 0.1)).toBe(5)
  })

  it('is one at one day, and √(Σ(i ÷ T)²) beyond: √1.25 at two', () => {
    expect(liquidationFactor(1)).toBe(1)
    expect(liquidationFactor(2)).toBeCloseTo(Math.sqrt(0.25 + 1), 12)
  })

  it('pays half the spread in bad times: 10 lots of WTI at 0.01 + 3 × 0.01', () => {
    expect(spreadCost(-10, 1000, 0.01, 0.01, 3)).toBeCloseTo(200, 9)
  })
})
