import { describe, expect, it } from 'vitest'
import { mean, sampleSd } from '../../../src/lib/kernel/moments.js'
import { cscv, cscvParts } from '../../../src/lib/optimize/overfitting/cscv.js'
import { logitHistogram } from '../../../src/lib/optimize/overfitting/logit-histogram.js'
import { blocksOf, noise } from './trials.js'

/** Every way to take half of the parts, first to last. */
function halves(parts: number): number[][] {
  const all: number[][] = []
  for (let mask = 0; mask < 2 ** parts; mask++) {
    const taken = Array.from({ length: parts }, (_, i) => i).filter((i) => (mask >> i) & 1)
    if (taken.length === parts / 2) all.push(taken)
  }
  return all
}

/** The definition, on the returns themselves. */
function slowCscv(returns: readonly Float64Array[], parts: number): { pbo: number; loss: number; logits: number[] } {
  const length = returns[0].length / parts
  const sharpe = (series: Float64Array, taken: readonly number[]): number => {
    const sample = taken.flatMap((part) => [...series.subarray(part * length, (part + 1) * length)])
    return mean(sample) / sampleSd(sample)
  }
  const logits: number[] = []
  let loss = 0
  for (const taken of halves(parts)) {
    const rest = Array.from({ length: parts }, (_, i) => i).filter((i) => !taken.includes(i))
    const inside = returns.map((series) => sharpe(series, taken))
    const outside = returns.map((series) => sharpe(series, rest))
    const best = inside.indexOf(Math.max(...inside))
    const rank = outside.filter((value) => value <= outside[best]).length / (returns.length + 1)
    logits.push(Math.log(rank / (1 - rank)))
    if (outside[best] < 0) loss++
  }
  return { pbo: logits.filter((logit) => logit <= 0).length / logits.length, loss: loss / logits.length, logits }
}

describe('probability of back-test over-fitting', () => {
  it('equals the definition on the returns, split by split', () => {
    const returns = noise(9, 8 * 40, 11, { trial: 4, annualSharpe: 1 })
    const fast = cscv(blocksOf(returns), 8)
    const slow = slowCscv(returns, 8)
    expect(fast.splits).toBe(70)
    expect(fast.pbo).toBe(slow.pbo)
    expect(fast.probabilityOfLoss).toBe(slow.loss)
    const sorted = [...slow.logits].sort((a, b) => a - b)
    fast.logits.toSorted().forEach((logit, i) => expect(logit).toBeCloseTo(sorted[i], 12))
  })

  it('is near a half on pure noise: 0.5 ± 0.1 over twenty seeds of 40 trials', () => {
    const values = Array.from({ length: 20 }, (_, seed) => cscv(blocksOf(noise(40, 1600, seed)), 16).pbo)
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.1)
  })

  it('is near zero with a planted edge of Sharpe 3 among 40 trials', () => {
    const result = cscv(blocksOf(noise(40, 1600, 5, { trial: 17, annualSharpe: 3 })), 16)
    expect(result.splits).toBe(12_870)
    expect(result.pbo).toBeLessThan(0.02)
    expect(result.probabilityOfLoss).toBeLessThan(0.02)
  })

  it('shares ranks among equal trials: all the same are at the median, and no better than it', () => {
    const [series] = noise(1, 320, 1)
    const result = cscv(blocksOf([series, series, series]), 8)
    expect([...result.logits].every((logit) => logit === 0)).toBe(true)
    expect(result.pbo).toBe(1)
  })

  it('takes 0 for the Sharpe ratio of a trial that does nothing, so that it beats one that loses', () => {
    const loser = noise(1, 320, 2)[0].map((value) => value - 0.01)
    const result = cscv(blocksOf([loser, new Float64Array(320)]), 8)
    expect([...result.outOfSample].every((sharpe) => sharpe === 0)).toBe(true)
    expect(result.probabilityOfLoss).toBe(0)
  })

  it('uses sixteen parts where they have two blocks each, and none below eight', () => {
    expect([14, 15, 16, 20, 31, 32, 220].map(cscvParts)).toEqual([0, 0, 8, 10, 14, 16, 16])
  })

  it('puts a logit of 0 in the bin that ends at 0, and what lies beyond in the outer ones', () => {
    const { from, width, counts } = logitHistogram([0, 1e-9, -20, 20])
    expect(width).toBe(0.5)
    expect(counts[from.indexOf(-0.5)]).toBe(1)
    expect(counts[from.indexOf(0)]).toBe(1)
    expect([counts[0], counts.at(-1)]).toEqual([1, 1])
  })
})
