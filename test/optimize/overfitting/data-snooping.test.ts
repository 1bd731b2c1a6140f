import { describe, expect, it } from 'vitest'
import { mean } from '../../../src/lib/kernel/moments.js'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { stationaryVariance, stationaryWeights } from '../../../src/lib/optimize/overfitting/block-bootstrap.js'
import { mergeMaxima, snoopingMaxima, snoopingPValues } from '../../../src/lib/optimize/overfitting/data-snooping.js'
import type { TrialBlocks } from '../../../src/lib/optimize/overfitting/trial-blocks.js'
import { blocksOf, noise } from './trials.js'

/** Hansen's estimator as he writes it: κ(n, i) over the plain autocovariances. */
function hansenVariance(x: Float64Array, q: number): number {
  const n = x.length
  const centre = mean(x)
  const covariance = (lag: number): number => {
    let sum = 0
    for (let t = 0; t + lag < n; t++) sum += (x[t] - centre) * (x[t + lag] - centre)
    return sum / n
  }
  let variance = covariance(0)
  for (let i = 1; i < n; i++) {
    const kappa = ((n - i) / n) * (1 - q) ** i + (i / n) * (1 - q) ** (n - i)
    variance += 2 * kappa * covariance(i)
  }
  return variance
}

/** Both tests trial by trial and resample by resample. */
function slowPValues(
  { trials, blocks, sums }: TrialBlocks,
  weights: ArrayLike<number>,
  resamples: number,
  q: number,
): { rc: number; lower: number; consistent: number; upper: number } {
  const rows = Array.from({ length: trials }, (_, t) => Float64Array.from(sums.subarray(t * blocks, (t + 1) * blocks)))
  const means = rows.map((row) => mean(row))
  const omegas = rows.map((row) => Math.sqrt(hansenVariance(row, q)))
  const root = Math.sqrt(blocks)
  const observed = Math.max(...means.map((value) => root * value))
  const studentised = Math.max(0, ...means.map((value, t) => (root * value) / omegas[t]))
  const threshold = -Math.sqrt(2 * Math.log(Math.log(blocks)))
  const reached = { rc: 1, lower: 1, consistent: 1, upper: 1 }
  for (let r = 0; r < resamples; r++) {
    const drawn = rows.map((row) => row.reduce((sum, x, b) => sum + x * weights[r * blocks + b], 0) / blocks)
    const highest = (centre: (t: number) => number): number =>
      Math.max(0, ...drawn.map((value, t) => (root * (value - centre(t))) / omegas[t]))
    if (Math.max(...drawn.map((value, t) => root * (value - means[t]))) >= observed) reached.rc++
    if (highest((t) => Math.max(0, means[t])) >= studentised) reached.lower++
    if (highest((t) => ((root * means[t]) / omegas[t] <= threshold ? 0 : means[t])) >= studentised) reached.consistent++
    if (highest((t) => means[t]) >= studentised) reached.upper++
  }
  const p = (count: number): number => count / (resamples + 1)
  return { rc: p(reached.rc), lower: p(reached.lower), consistent: p(reached.consistent), upper: p(reached.upper) }
}

/** Largest distance of the distribution of `values` from that of uniform numbers. */
function kolmogorov(values: readonly number[]): number {
  const n = values.length
  return Math.max(...[...values].sort((a, b) => a - b).map((value, i) => Math.max(value - i / n, (i + 1) / n - value)))
}

describe('stationary bootstrap of blocks', () => {
  it('draws as many blocks as there are, each equally often in the long run', () => {
    const { weights } = stationaryWeights(50, 4000, 2, seededRng(1, 'bootstrap'))
    for (let r = 0; r < 4000; r++) expect(weights.subarray(r * 50, (r + 1) * 50).reduce((a, b) => a + b)).toBe(50)
    for (let b = 0; b < 50; b++) {
      let total = 0
      for (let r = 0; r < 4000; r++) total += weights[r * 50 + b]
      expect(total / 4000).toBeCloseTo(1, 0)
    }
  })

  it('has the variance of Hansen’s formula, which its resamples show', () => {
    const x = noise(1, 60, 4)[0].map((value, i, all) => value + (i > 0 ? 0.5 * all[i - 1] : 0))
    const variance = stationaryVariance(x, 1 / 3, new Float64Array(60))
    expect(variance / hansenVariance(x, 1 / 3)).toBeCloseTo(1, 12)
    const { weights } = stationaryWeights(60, 20_000, 3, seededRng(2, 'bootstrap'))
    let squares = 0
    for (let r = 0; r < 20_000; r++) {
      let sum = 0
      for (let b = 0; b < 60; b++) sum += x[b] * (weights[r * 60 + b] - 1)
      squares += (sum * sum) / 60
    }
    expect(squares / 20_000 / variance).toBeCloseTo(1, 1)
  })
})

describe('reality check and superior predictive ability', () => {
  it('equal their definitions, trial by trial and resample by resample', () => {
    const returns = noise(70, 700, 8, { trial: 3, annualSharpe: 1 })
    returns[9] = returns[9].map((value) => value - 0.004)
    const trials = blocksOf(returns)
    const bootstrap = stationaryWeights(trials.blocks, 203, 2, seededRng(3, 'bootstrap'))
    const fast = snoopingPValues(snoopingMaxima(trials, bootstrap))
    const slow = slowPValues(trials, bootstrap.weights, 203, 0.5)
    expect(fast).toEqual({
      realityCheck: slow.rc,
      spa: { lower: slow.lower, consistent: slow.consistent, upper: slow.upper },
    })
    expect(fast.spa.lower).toBeLessThanOrEqual(fast.spa.consistent)
    expect(fast.spa.consistent).toBeLessThanOrEqual(fast.spa.upper)
  })

  it('equal them too where the weights are laid out in several groups', () => {
    const trials = blocksOf(noise(3, 120_000, 12, { trial: 1, annualSharpe: 0.3 }))
    expect(trials.blocks).toBe(6000)
    const bootstrap = stationaryWeights(6000, 799, 2, seededRng(8, 'bootstrap'))
    const { rc, lower, consistent, upper } = slowPValues(trials, bootstrap.weights, 799, 0.5)
    expect(snoopingPValues(snoopingMaxima(trials, bootstrap))).toEqual({
      realityCheck: rc,
      spa: { lower, consistent, upper },
    })
  })

  it('agree with arch 8.0 (stationary, block_size 2, 50,000 resamples) within the noise of resampling', () => {
    let state = 20_140_731
    const uniform = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    const sums = Float64Array.from({ length: 12 * 120 }, (_, i) => {
      const trial = Math.floor(i / 120)
      return uniform() + uniform() + uniform() - 1.5 + (trial === 5 ? 0.09 : trial % 4 === 0 ? -0.12 : 0)
    })
    for (let i = 0; i < sums.length; i++) if (i % 120 > 0) sums[i] += 0.3 * sums[i - 1]
    const trials = { trials: 12, bars: 2400, blocks: 120, sums, squares: sums.map((value) => value * value) }
    const { realityCheck, spa } = snoopingPValues(
      snoopingMaxima(trials, stationaryWeights(120, 20_000, 2, seededRng(1, 'bootstrap'))),
    )
    const near = (p: number, peer: number): void => expect(Math.abs(p - peer)).toBeLessThan(0.015)
    // arch compares plain means, so that its upper p-value is the reality check's; series divided by their ω give Hansen's.
    near(realityCheck, 0.56242)
    near(spa.lower, 0.27492)
    near(spa.consistent, 0.30628)
    near(spa.upper, 0.38902)
  })

  it('are the same to the last digit in one part and in five', () => {
    const trials = blocksOf(noise(101, 400, 9))
    const bootstrap = stationaryWeights(trials.blocks, 50, 2, seededRng(4, 'bootstrap'))
    const parts = [0, 1, 33, 34, 90].map((from, i, all) =>
      snoopingMaxima(trials, bootstrap, null, from, all[i + 1] ?? 101),
    )
    expect(mergeMaxima(parts)).toEqual(snoopingMaxima(trials, bootstrap))
  })

  it('have uniform p-values on noise: Kolmogorov distance of 200 sweeps below its 1 % bound 0.115', () => {
    const p = Array.from({ length: 200 }, (_, seed) => {
      const trials = blocksOf(noise(20, 2400, 1000 + seed))
      const bootstrap = stationaryWeights(trials.blocks, 199, 2, seededRng(seed, 'bootstrap'))
      return snoopingPValues(snoopingMaxima(trials, bootstrap))
    })
    expect(kolmogorov(p.map(({ realityCheck }) => realityCheck))).toBeLessThan(0.115)
    expect(kolmogorov(p.map(({ spa }) => spa.upper))).toBeLessThan(0.115)
  })

  it('find a planted edge, and only SPA keeps finding it among hundreds of hopeless trials', () => {
    const returns = noise(20, 2400, 6, { trial: 7, annualSharpe: 1.6 })
    const bootstrap = stationaryWeights(120, 499, 2, seededRng(5, 'bootstrap'))
    const alone = snoopingPValues(snoopingMaxima(blocksOf(returns), bootstrap))
    expect(alone.realityCheck).toBeLessThan(0.05)
    expect(alone.spa.consistent).toBeLessThan(0.05)
    // Wild losers make the maximum of the resamples large, and have no chance themselves.
    const losers = noise(200, 2400, 60).map((series) => series.map((value) => 3 * value - 0.02))
    const among = snoopingPValues(snoopingMaxima(blocksOf([...returns, ...losers]), bootstrap))
    expect(among.realityCheck).toBeGreaterThan(0.2)
    expect(among.spa.consistent).toBeLessThan(0.05)
  })

  it('measure against a benchmark where there is one', () => {
    const returns = noise(10, 1200, 12, { trial: 0, annualSharpe: 3 })
    const trials = blocksOf(returns)
    const bootstrap = stationaryWeights(trials.blocks, 199, 2, seededRng(6, 'bootstrap'))
    const edge = trials.sums.subarray(0, trials.blocks)
    expect(snoopingPValues(snoopingMaxima(trials, bootstrap)).spa.consistent).toBeLessThan(0.05)
    expect(snoopingPValues(snoopingMaxima(trials, bootstrap, edge)).spa.consistent).toBe(1)
  })

  it('say 1 where no trial did anything', () => {
    const trials = blocksOf([new Float64Array(200), new Float64Array(200)])
    const bootstrap = stationaryWeights(trials.blocks, 49, 2, seededRng(7, 'bootstrap'))
    expect(snoopingPValues(snoopingMaxima(trials, bootstrap))).toEqual({
      realityCheck: 1,
      spa: { lower: 1, consistent: 1, upper: 1 },
    })
  })
})
