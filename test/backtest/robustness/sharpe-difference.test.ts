import { describe, expect, it } from 'vitest'
import { hacVariance } from '../../../src/lib/backtest/robustness/hac-variance.js'
import { sharpeDifference } from '../../../src/lib/backtest/robustness/sharpe-difference.js'
import { mean, sampleSd } from '../../../src/lib/kernel/moments.js'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { readGolden } from '../golden-bars.js'
import { autoregression } from './samples.js'

const pause = async (): Promise<void> => undefined
const options = (draws: number, seed = 1) => ({ block: 3, draws, level: 0.95, rng: seededRng(seed, 'test'), pause })

/** Two series with a common part. */
function pair(n: number, seed: number, edge: number): [Float64Array, Float64Array] {
  const [common, own, other] = [0, 1, 2].map((k) => autoregression(0, n, 3 * seed + k + 1))
  return [common.map((x, i) => x + own[i] + edge), common.map((x, i) => x + other[i])]
}

describe('long-run variance', () => {
  it('of independent values is their variance; of an autoregression with ρ = 0.5 it is 1 ÷ (1 − 0.5)² = 4', () => {
    expect(hacVariance(autoregression(0, 5000, 1))).toBeCloseTo(1, 1)
    const found = hacVariance(autoregression(0.5, 20_000, 1))
    expect(found).toBeGreaterThan(3.7)
    expect(found).toBeLessThan(4.3)
  })
})

describe('the difference of two Sharpe ratios', () => {
  const { data } = readGolden<{ data: { strategy: number[]; benchmark: number[] } }>('metrics_returns_1000.json')
  const strategy = Float64Array.from(data.strategy)
  const benchmark = Float64Array.from(data.benchmark)

  it('is that of the ratios, inside its interval, and four standard errors agree on returns without memory', async () => {
    const found = await sharpeDifference(strategy, benchmark, options(2000))
    const ratio = (values: Float64Array): number => (mean(values) / sampleSd(values)) * Math.sqrt(252)
    expect(found?.difference).toBeCloseTo(ratio(strategy) - ratio(benchmark), 9)
    expect(found!.low).toBeLessThan(found!.difference)
    expect(found!.high).toBeGreaterThan(found!.difference)
    expect(found!.standardError / found!.hacStandardError).toBeGreaterThan(0.85)
    expect(found!.standardError / found!.hacStandardError).toBeLessThan(1.15)
    expect(Math.abs(found!.pValue - found!.studentisedPValue)).toBeLessThan(0.06)
    expect(Math.abs(found!.hacPValue - found!.memmelPValue)).toBeLessThan(0.06)
    expect(Math.abs(found!.pValue - found!.hacPValue)).toBeLessThan(0.06)
  })

  it('changes its sign and nothing else when the two change places', async () => {
    const there = await sharpeDifference(strategy, benchmark, options(500))
    const back = await sharpeDifference(benchmark, strategy, options(500))
    expect(back?.difference).toBeCloseTo(-(there?.difference ?? 0), 12)
    expect([back?.pValue, back?.standardError]).toEqual([there?.pValue, expect.closeTo(there?.standardError ?? 0, 12)])
  })

  it('of equal strategies is called significant about one time in twenty, that of unequal ones nearly always', async () => {
    let rejected = 0
    let found = 0
    for (let sample = 0; sample < 120; sample++) {
      const equal = await sharpeDifference(...pair(250, 10 + sample, 0), options(199, sample))
      if (equal!.studentisedPValue < 0.05) rejected++
      const better = await sharpeDifference(...pair(250, 10 + sample, 0.5), options(199, sample))
      if (better!.studentisedPValue < 0.05) found++
    }
    expect(rejected / 120).toBeLessThan(0.11)
    expect(rejected).toBeGreaterThan(0)
    expect(found / 120).toBeGreaterThan(0.9)
  })

  it('is undefined for a series that does not vary, for a series against itself, and for a handful of bars', async () => {
    expect(await sharpeDifference(new Float64Array(100), benchmark.slice(0, 100), options(10))).toBeNull()
    expect(await sharpeDifference(benchmark, benchmark, options(10))).toBeNull()
    expect(await sharpeDifference(strategy.slice(0, 10), benchmark.slice(0, 10), options(10))).toBeNull()
  })
})
