import { describe, expect, it } from 'vitest'
import { shapeOf } from '../../../src/lib/kernel/shape.js'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { stationaryWeights } from '../../../src/lib/optimize/overfitting/block-bootstrap.js'
import { trialSharpes } from '../../../src/lib/optimize/overfitting/block-sharpe.js'
import { cscv, cscvParts } from '../../../src/lib/optimize/overfitting/cscv.js'
import { snoopingMaxima } from '../../../src/lib/optimize/overfitting/data-snooping.js'
import { effectiveTrials } from '../../../src/lib/optimize/overfitting/effective-trials.js'
import { overfittingOf, type Overfitting } from '../../../src/lib/optimize/overfitting/overfitting.js'
import { verdictOf } from '../../../src/lib/optimize/overfitting/verdict.js'
import { blocksOf, noise } from './trials.js'

/** Everything about a sweep that chooses the highest Sharpe ratio. */
function sweep(returns: readonly Float64Array[], seed = 1): Overfitting {
  const trials = blocksOf(returns)
  const sharpes = trialSharpes(trials)
  const chosen = sharpes.reduce((best, sharpe, trial) => (sharpe > sharpes[best] ? trial : best), 0)
  const { skewness, excessKurtosis } = shapeOf(returns[chosen])
  const parts = cscvParts(trials.blocks)
  return overfittingOf({
    trials,
    chosen,
    shape: { skew: skewness, kurtosis: excessKurtosis + 3 },
    cscv: parts > 0 ? cscv(trials, parts) : null,
    maxima: snoopingMaxima(trials, stationaryWeights(trials.blocks, 299, 2, seededRng(seed, 'bootstrap'))),
    worth: effectiveTrials(trials),
  })
}

const good = {
  sharpe: 1.4,
  netProfitUsd: 52_000,
  trades: 80,
  probabilisticSharpe: 0.99,
  efficiency: 0.8,
  folds: 4,
  profitableFolds: 4,
}
/** Nothing that speaks against it: costs were charged, cells beside it do as well, it stands still. */
const clean = {
  paths: null,
  costs: { perLotUsd: 12, breakEvenUsd: 90, lotsPerYear: 30 },
  neighbours: [],
  atEdge: [],
  restless: [],
}

describe('verdict', () => {
  it('rejects the luckiest of a hundred noise strategies, even with a Sharpe ratio near 1, and says what luck would show', () => {
    const overfitting = sweep(noise(100, 2000, 1))
    expect(overfitting.sharpe).toBeGreaterThan(0.7)
    expect(Math.abs((overfitting.sharpe ?? 0) - (overfitting.expectedMaximumSharpe ?? 0))).toBeLessThan(0.35)
    const verdict = verdictOf({
      overfitting,
      outOfSample: { ...good, sharpe: -0.2, netProfitUsd: -3500 },
      ...clean,
      trades: 90,
    })
    expect(verdict.level).toBe('rejected')
    expect(verdict.headline).toMatch(/^Do not trade this: the choice from 100 trials has a Sharpe ratio of \d\.\d\d/)
    expect(verdict.reasons.join('\n')).toContain('a loss of 3,500 USD in 80 trades')
  })

  it('lets a planted edge of Sharpe 3 survive, and keeps saying that it is one history', () => {
    const overfitting = sweep(noise(100, 2000, 2, { trial: 42, annualSharpe: 3 }))
    expect(overfitting.deflatedSharpe).toBeGreaterThan(0.95)
    expect(overfitting.pbo).toBeLessThan(0.05)
    expect(overfitting.realityCheckP).toBeLessThan(0.05)
    expect(overfitting.haircut?.bonferroni.haircut).toBeLessThan(0.5)
    const verdict = verdictOf({ overfitting, outOfSample: good, ...clean, trades: 90 })
    expect(verdict.level).toBe('survives')
    expect(verdict.headline).toContain('That is one history')
  })

  it('does not call proven what was never tested out of sample, or traded eight times', () => {
    const overfitting = sweep(noise(100, 2000, 2, { trial: 42, annualSharpe: 3 }))
    expect(verdictOf({ overfitting, outOfSample: null, ...clean, trades: 90 }).level).toBe('unproven')
    const few = verdictOf({ overfitting, outOfSample: good, ...clean, trades: 8 })
    expect(few.level).toBe('unproven')
    expect(few.reasons[0]).toContain('8 round trips')
  })

  it('tells a useless choice from a useless strategy: equal trials with an edge are unproven, and the median is named', () => {
    const [base] = noise(1, 3000, 9, { trial: 0, annualSharpe: 1.2 })
    const jitter = noise(60, 3000, 10)
    const alike = jitter.map((series) => series.map((value, bar) => base[bar] + 0.15 * value))
    const overfitting = sweep(alike)
    expect(overfitting.pbo).toBeGreaterThan(0.5)
    expect(overfitting.probabilityOfLoss).toBeLessThan(0.2)
    expect(overfitting.effectiveTrials).toBeLessThan(10)
    const verdict = verdictOf({ overfitting, outOfSample: good, ...clean, trades: 90 })
    const words = verdict.reasons.join('\n')
    expect(words).toContain(
      `Choosing among these parameters added nothing: the median trial, without any choice, shows ${overfitting.medianSharpe?.toFixed(2)}.`,
    )
    expect(words).toMatch(/they are so alike that they are worth about \d\)/)
    expect(verdict.level).not.toBe('survives')
  })

  it('says that there is nothing to judge where nothing was traded', () => {
    const overfitting = sweep([new Float64Array(500), new Float64Array(500)])
    expect(overfitting.deflatedSharpe).toBeNull()
    expect(overfitting.reasons['deflatedSharpe']).toBe('the chosen trial never traded')
    const verdict = verdictOf({ overfitting, outOfSample: null, ...clean, trades: 0 })
    expect(verdict).toMatchObject({
      level: 'untestable',
      reasons: ['The chosen trial never traded.', 'No trial traded.'],
    })
  })

  it('has no cross-validation below eight parts of two blocks, and says so', () => {
    const overfitting = sweep(noise(10, 300, 3))
    expect(overfitting.pbo).toBeNull()
    expect(overfitting.reasons['pbo']).toBe('15 blocks of 20 bars are too few for eight parts')
  })

  it('counts a single trial as no choice: deflated and probabilistic Sharpe ratios are equal', () => {
    const overfitting = sweep(noise(1, 2000, 4))
    expect(overfitting.deflatedSharpe).toBe(overfitting.probabilisticSharpe)
    expect(overfitting.pbo).toBeNull()
    expect(overfitting.expectedMaximumSharpe).toBe(0)
  })

  it('deflates by less than all trials where they are copies of few', () => {
    const base = noise(4, 2000, 5)
    const copies = Array.from({ length: 200 }, (_, i) => base[i % 4].map((value) => value * (1 + i / 1000)))
    const overfitting = sweep(copies)
    expect(overfitting.effectiveTrials).toBeLessThan(160)
    expect(overfitting.deflatedSharpeEffective).toBeGreaterThan(overfitting.deflatedSharpe ?? 1)
  })

  describe('asks what a sceptic asks', () => {
    const overfitting = sweep(noise(100, 2000, 2, { trial: 42, annualSharpe: 3 }))
    const judged = (over: Partial<Parameters<typeof verdictOf>[0]>): ReturnType<typeof verdictOf> =>
      verdictOf({ overfitting, outOfSample: good, ...clean, trades: 90, ...over })

    it('does not let a search survive that paid no costs, and says what costs it could bear', () => {
      expect(judged({}).level).toBe('survives')
      const free = judged({ costs: { perLotUsd: 0, breakEvenUsd: 21.5, lotsPerYear: 130 } })
      expect(free.level).toBe('unproven')
      expect(free.reasons[0]).toBe(
        'No costs were charged: at 130 lots a year, 21.50 USD a lot and side would leave nothing (--costs config charges them).',
      )
      const losing = judged({ costs: { perLotUsd: 0, breakEvenUsd: -3, lotsPerYear: 130 } })
      expect(losing.reasons[0]).toContain('it loses all the same')
    })

    it('tells a peak from a plateau', () => {
      expect(judged({ neighbours: [2.4, 2.6] }).level).toBe('survives')
      const peak = judged({ neighbours: [0.2, 0.4, -0.3] })
      expect([peak.level, peak.reasons[0]]).toEqual([
        'unproven',
        expect.stringMatching(
          /^A peak and no plateau: the 3 cells one step beside the chosen one show 0\.10 on average/,
        ),
      ])
    })

    it('is not convinced by ten years out of sample whose Sharpe ratio may be nothing', () => {
      const faint = judged({ outOfSample: { ...good, sharpe: 0.36, probabilisticSharpe: 0.88 } })
      expect(faint.level).toBe('unproven')
      expect(faint.reasons[0]).toContain('the true one is above zero with probability 0.88')
    })

    it('says no share of a Sharpe ratio that was lost', () => {
      const lost = judged({
        outOfSample: { ...good, sharpe: -0.06, netProfitUsd: -26_957, efficiency: 0.03, profitableFolds: 2 },
      })
      expect(lost.level).toBe('rejected')
      expect(lost.reasons[0]).toBe(
        'Out of sample, folds chained: Sharpe ratio -0.06, a loss of 26,957 USD in 80 trades; 2 of 4 tests made a profit.',
      )
    })

    it('weighs the histories of the combinatorial cross-validation', () => {
      const paths = { paths: [1, 2, 3], min: 1, median: 2, max: 3, lossShare: 0, inSample: 2.5 }
      expect(judged({ paths }).level).toBe('survives')
      expect(judged({ paths: { ...paths, inSample: 4.5 } }).level).toBe('unproven')
      expect(judged({ paths: { ...paths, min: -1, lossShare: 0.2 } }).level).toBe('unproven')
      expect(judged({ paths: { ...paths, min: -1, median: -0.1, lossShare: 0.7 } }).level).toBe('rejected')
    })

    it('notes the end of a range and a choice that jumps, which are no tests', () => {
      const noted = judged({
        atEdge: [{ name: 'slow', value: 200 }],
        restless: [{ name: 'fast', values: [5, 60, 5, 35] }],
      })
      expect(noted.level).toBe('survives')
      expect(noted.reasons.slice(-2)).toEqual([
        'The best slow 200 is the end of its range: what lies beyond was not searched.',
        'From fold to fold fast (5, 60, 5, 35) jumps no less than chance would make it: each search found something else.',
      ])
    })
  })
})
