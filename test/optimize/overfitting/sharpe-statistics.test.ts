import { describe, expect, it } from 'vitest'
import { minimumTrackRecord, probabilisticSharpe } from '../../../src/lib/backtest/metrics/probabilistic-sharpe.js'
import { sharpeFromSums, trialSharpes } from '../../../src/lib/optimize/overfitting/block-sharpe.js'
import { effectiveTrials } from '../../../src/lib/optimize/overfitting/effective-trials.js'
import { expectedMaximumSharpe } from '../../../src/lib/optimize/overfitting/expected-maximum-sharpe.js'
import { haircutSharpe } from '../../../src/lib/optimize/overfitting/haircut-sharpe.js'
import { studentTCdf } from '../../../src/lib/kernel/student-t-distribution.js'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { mean, sampleSd } from '../../../src/lib/kernel/moments.js'
import { blocksOf, noise } from './trials.js'

describe('deflated Sharpe ratio', () => {
  // D. H. Bailey, M. López de Prado (2014), "The Deflated Sharpe Ratio", numerical example: 250 days a year.
  const sharpe = 2.5 / Math.sqrt(250)
  const spread = Math.sqrt(0.5 / 250)
  const example = { observations: 1250, skew: -3, kurtosis: 10 }

  it('is 0.9004 for the best of 100 trials in the example of the paper, above an expected maximum of 0.1132', () => {
    const luck = expectedMaximumSharpe(100, spread)
    expect(luck).toBeCloseTo(0.1132, 4)
    expect(probabilisticSharpe(sharpe, example, luck)).toBeCloseTo(0.9004, 4)
  })

  it('reaches 0.9505 at 46 trials, and at 88 where returns are normal', () => {
    expect(probabilisticSharpe(sharpe, example, expectedMaximumSharpe(46, spread))).toBeCloseTo(0.9505, 4)
    const normal = { observations: 1250, skew: 0, kurtosis: 3 }
    expect(probabilisticSharpe(sharpe, normal, expectedMaximumSharpe(88, spread))).toBeCloseTo(0.9505, 4)
  })

  it('expects the highest of 1,000 normal draws within 1 % of a simulation', () => {
    const rng = seededRng(7, 'maximum')
    let sum = 0
    for (let round = 0; round < 2000; round++) {
      let most = -Infinity
      for (let i = 0; i < 1000; i++) most = Math.max(most, rng.normal())
      sum += most
    }
    expect(Math.abs(expectedMaximumSharpe(1000, 1) / (sum / 2000) - 1)).toBeLessThan(0.01)
  })

  it('is the probabilistic Sharpe ratio where one trial was made', () => {
    expect(expectedMaximumSharpe(1, spread)).toBe(0)
  })
})

describe('probabilistic Sharpe ratio and minimum track record', () => {
  it('agree: at the minimum length the probability is the confidence', () => {
    const shape = { skew: -1.2, kurtosis: 7 }
    const bars = minimumTrackRecord(0.06, shape, 0.01)
    expect(probabilisticSharpe(0.06, { observations: bars, ...shape }, 0.01)).toBeCloseTo(0.95, 12)
  })

  it('needs 1 + (1 + 1/500) · 250 · 1.6449² = 678.7 normal days to tell an annual ratio of 1 from 0', () => {
    expect(minimumTrackRecord(1 / Math.sqrt(250), { skew: 0, kurtosis: 3 })).toBeCloseTo(678.74, 1)
  })

  it('has no length at or below the benchmark', () => {
    expect(minimumTrackRecord(0.02, { skew: 0, kurtosis: 3 }, 0.02)).toBeNaN()
  })
})

describe('Sharpe ratios from block sums', () => {
  it('equal those of the returns themselves, a short last block and all', () => {
    const returns = noise(5, 253, 3)
    const sharpes = trialSharpes(blocksOf(returns))
    returns.forEach((series, trial) => expect(sharpes[trial]).toBeCloseTo(mean(series) / sampleSd(series), 12))
  })

  it('are NaN for a trial that never traded', () => {
    expect(trialSharpes(blocksOf([new Float64Array(100)]))[0]).toBeNaN()
    expect(sharpeFromSums(0.3, 0.009, 10)).toBeNaN()
  })
})

describe('effective trials', () => {
  it('are two for a thousand copies of two independent series, and all for independent ones', () => {
    const [a, b] = noise(2, 4000, 1)
    const copies = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? a : b))
    // Mean correlation of half copies, half strangers is a half: 0.5 + 0.5 · 1000.
    expect(effectiveTrials(blocksOf(copies)).meanCorrelation).toBeCloseTo(0.5, 1)
    expect(effectiveTrials(blocksOf(noise(50, 4000, 2))).effective).toBeGreaterThan(45)
    expect(effectiveTrials(blocksOf([a, a, a])).effective).toBeCloseTo(1, 9)
  })

  it('equal the mean of all pairwise correlations, computed one by one', () => {
    const returns = noise(6, 600, 5)
    returns[3] = returns[2].map((value, i) => value + returns[1][i])
    const { blocks, sums } = blocksOf(returns)
    const row = (trial: number): Float64Array => sums.slice(trial * blocks, (trial + 1) * blocks) as Float64Array
    let total = 0
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 6; j++) {
        if (i === j) continue
        const [a, b] = [row(i), row(j)]
        const product = mean(a.map((value, k) => (value - mean(a)) * (b[k] - mean(b))))
        total += (product * blocks) / ((blocks - 1) * sampleSd(a) * sampleSd(b))
      }
    }
    expect(effectiveTrials(blocksOf(returns)).meanCorrelation).toBeCloseTo(total / 30, 10)
  })
})

describe('haircut Sharpe ratio', () => {
  it('cuts 0.92 a year over ten years of months to about 0.65 when it is the best of ten (Harvey and Liu, Bonferroni)', () => {
    const sharpes = new Float64Array(10).fill(0)
    sharpes[4] = 0.92 / Math.sqrt(12)
    const cut = haircutSharpe(sharpes, 4, 120)
    expect(cut?.bonferroni.pValue).toBeCloseTo(0.043, 3)
    expect((cut?.bonferroni.sharpe ?? 0) * Math.sqrt(12)).toBeCloseTo(0.65, 2)
    // The others have p = 1, so that Holm's largest product is that of the first.
    expect(cut?.holm.pValue).toBeCloseTo(cut?.bonferroni.pValue ?? 0, 12)
  })

  /** Ten t-ratios of Harvey, Liu and Zhu (2016), table of the three adjustments; p-values by statsmodels 0.15 multipletests. */
  const T = [1.99, 2.63, 2.21, 3.43, 2.17, 2.64, 4.56, 5.34, 2.75, 2.49]

  it('adjusts p-values as statsmodels does', () => {
    const observations = 100_000
    const sharpes = Float64Array.from(T, (t) => t / Math.sqrt(observations))
    const p = T.map((t) => 2 * studentTCdf(-t, observations - 1))
    const adjusted = T.map((_, i) => haircutSharpe(sharpes, i, observations))
    expect(p[0]).toBeCloseTo(0.0465936538, 9)
    const holm = [
      0.0813222557, 0.0497513371, 0.0813222557, 0.0048305982, 0.0813222557, 0.0497513371, 4.60927523e-5, 9.31487829e-7,
      0.0417241801, 0.0511036822,
    ]
    const bhy = [
      0.136471333, 0.041687977, 0.0976621903, 0.0058952786, 0.0976621903, 0.0416879772, 7.5002338e-5, 2.7282983e-6,
      0.0416879772, 0.0534575224,
    ]
    adjusted.forEach((cut, i) => {
      expect(cut?.bonferroni.pValue).toBeCloseTo(10 * p[i], 12)
      expect(cut?.holm.pValue).toBeCloseTo(holm[i], 9)
      expect(cut?.bhy.pValue).toBeCloseTo(bhy[i], 8)
    })
  })

  it('leaves a single trial as it is, and has nothing to cut at or below zero', () => {
    expect(haircutSharpe(Float64Array.of(0.1), 0, 500)?.bhy.haircut).toBeCloseTo(0, 9)
    expect(haircutSharpe(Float64Array.of(-0.1, 0.2), 0, 500)).toBeNull()
    expect(haircutSharpe(Float64Array.of(Number.NaN, 0.2), 0, 500)).toBeNull()
  })
})
