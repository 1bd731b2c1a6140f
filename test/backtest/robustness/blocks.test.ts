import { describe, expect, it } from 'vitest'
import { automaticBlock } from '../../../src/lib/backtest/robustness/automatic-block.js'
import { blockLengths } from '../../../src/lib/backtest/robustness/block-length.js'
import { drawBlocks, type BlockMethod } from '../../../src/lib/backtest/robustness/draw-blocks.js'
import { mean } from '../../../src/lib/kernel/moments.js'
import { quantile } from '../../../src/lib/kernel/quantile.js'
import { seededRng } from '../../../src/lib/kernel/rng.js'
import { readGolden } from '../golden-bars.js'
import { autoregression } from './samples.js'

describe('block length of Politis and White', () => {
  // arch 8.0.0, arch.bootstrap.optimal_block_length, on the same series
  it.each([
    [0, 200, 2.093810366619546, 2.3968145478752074],
    [0, 1000, 2.4320144277351896, 2.783961553523662],
    [0.3, 200, 3.8135317825509003, 4.365404145915812],
    [0.3, 1000, 6.664269793368982, 7.628684548687423],
    [0.7, 200, 7.150796380788994, 8.185618462687982],
    [0.7, 1000, 20.72916722507169, 23.72897295880929],
    [0.9, 200, 11.104880588571215, 12.711914971591495],
    [0.9, 1000, 45.09230874776379, 51.617808053177406],
    [-0.5, 200, 5.898644680680454, 6.752262577736365],
    [-0.5, 1000, 9.819559716761145, 11.240589863379444],
  ])('of an autoregression with ρ = %d and n = %d is that of arch', (rho, n, stationary, circular) => {
    const lengths = blockLengths(autoregression(rho, n, rho === 0.9 && n === 1000 ? 777 : 12_345))
    expect(lengths.stationary / stationary).toBeCloseTo(1, 10)
    expect(lengths.circular).toBe(Math.ceil(circular))
  })

  it('is 1, and no less, for returns without memory; 2 where their size has some', () => {
    const { data } = readGolden<{ data: { strategy: number[] } }>('metrics_returns_1000.json')
    const returns = Float64Array.from(data.strategy)
    expect(blockLengths(returns).stationary).toBe(1) // arch: 0.5308, a block shorter than an observation
    expect(automaticBlock(returns, 'stationary')).toBeCloseTo(1.86518118, 8) // arch, on the squares
    expect(automaticBlock(returns, 'circular')).toBe(3) // arch: 2.135, rounded up
  })

  it('has a median near (2ρ ÷ (1 − ρ²))^⅔ n^⅓, its value for a known autoregression: 24.7 for ρ = 0.7, n = 2000', () => {
    const theory = Math.cbrt((1.4 / 0.51) ** 2 * 2000)
    const found = Float64Array.from(
      { length: 60 },
      (_, k) => blockLengths(autoregression(0.7, 2000, 1000 + k)).stationary,
    ).sort()
    expect(theory).toBeCloseTo(24.7, 1)
    expect(quantile(found, 0.5) / theory).toBeGreaterThan(0.85)
    expect(quantile(found, 0.5) / theory).toBeLessThan(1.25)
  })

  it('is 1 where nothing varies and where there are too few values', () => {
    expect(blockLengths(new Float64Array(100).fill(3))).toEqual({ stationary: 1, circular: 1, lag: 0 })
    expect(blockLengths(Float64Array.of(1, 2, 3)).stationary).toBe(1)
  })
})

describe('blocks', () => {
  const draw = (method: BlockMethod, block: number, n: number, seed = 1): Int32Array => {
    const positions = new Int32Array(n)
    drawBlocks(method, block, n, seededRng(seed, 'test'), positions)
    return positions
  }
  const follows = (positions: Int32Array, n: number): number =>
    positions.reduce((count, at, i) => count + (i > 0 && at === (positions[i - 1] + 1) % n ? 1 : 0), 0)

  it('of the stationary bootstrap are 20 long on average where 20 is asked for', () => {
    const n = 200_000
    expect(n / (n - follows(draw('stationary', 20, n), n))).toBeCloseTo(20, 0)
  })

  it('of the circular one wrap, those of the moving one never do', () => {
    const wraps = (positions: Int32Array, n: number): number =>
      positions.filter((at, i) => i > 0 && at === 0 && positions[i - 1] === n - 1 && i % 7 !== 0).length
    const circular = Array.from({ length: 200 }, (_, seed) => wraps(draw('circular', 7, 70, seed), 70))
    const moving = Array.from({ length: 200 }, (_, seed) => wraps(draw('moving', 7, 70, seed), 70))
    expect(Math.max(...circular)).toBeGreaterThan(0)
    expect(Math.max(...moving)).toBe(0)
    expect(draw('moving', 70, 70)).toEqual(Int32Array.from({ length: 70 }, (_, i) => i))
  })

  it.each([['stationary'], ['circular']] as const)('of the %s one take every observation equally often', (method) => {
    const counts = new Float64Array(50)
    for (let seed = 0; seed < 4000; seed++) for (const at of draw(method, 6, 50, seed)) counts[at]++
    expect(Math.max(...counts) / 4000).toBeLessThan(1.15)
    expect(Math.min(...counts) / 4000).toBeGreaterThan(0.85)
  })

  it('give the variance of the mean that Politis and Romano (1994) derive for the stationary bootstrap', () => {
    const values = autoregression(0.6, 120, 7)
    const n = values.length
    const average = mean(values)
    const gamma = (lag: number): number => {
      let sum = 0
      for (let i = lag; i < n; i++) sum += (values[i] - average) * (values[i - lag] - average)
      return sum / n
    }
    const block = 8
    const stay = 1 - 1 / block
    let exact = gamma(0)
    // Lemma 1: γ(0) + 2 Σ [(1 − k/n)(1 − p)^k + (k/n)(1 − p)^(n − k)] γ(k)
    for (let k = 1; k < n; k++) exact += ((1 - k / n) * stay ** k + (k / n) * stay ** (n - k)) * 2 * gamma(k)
    const rng = seededRng(3, 'test')
    const positions = new Int32Array(n)
    let squares = 0
    const draws = 20_000
    for (let k = 0; k < draws; k++) {
      drawBlocks('stationary', block, n, rng, positions)
      let sum = 0
      for (const at of positions) sum += values[at] - average
      squares += (sum * sum) / n
    }
    expect(squares / draws / exact).toBeGreaterThan(0.97)
    expect(squares / draws / exact).toBeLessThan(1.03)
  })

  it('cover the mean of an autoregression about as often as they say; single observations cover it far less', () => {
    const covered = (blockOf: (values: Float64Array) => number): number => {
      let hits = 0
      const n = 400
      const positions = new Int32Array(n)
      for (let sample = 0; sample < 200; sample++) {
        const values = autoregression(0.6, n, 5000 + sample)
        const rng = seededRng(sample, 'coverage')
        const block = blockOf(values)
        const means = Float64Array.from({ length: 300 }, () => {
          drawBlocks('stationary', block, n, rng, positions)
          let sum = 0
          for (const at of positions) sum += values[at]
          return sum / n
        }).sort()
        if (quantile(means, 0.025) <= 0 && 0 <= quantile(means, 0.975)) hits++
      }
      return hits / 200
    }
    const blocks = covered((values) => blockLengths(values).stationary)
    const single = covered(() => 1)
    expect(blocks).toBeGreaterThan(0.86)
    expect(blocks).toBeLessThan(0.99)
    expect(single).toBeLessThan(0.76)
  })
})
