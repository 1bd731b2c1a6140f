import { describe, expect, it } from 'vitest'
import { compositeHistory, type CompositeWeights } from '../../src/lib/signals/composite.js'
import type { SignalFamily, SignalHistory } from '../../src/lib/signals/signal.js'

const WEIGHTS: CompositeWeights = {
  families: { technical: 0.5, fundamental: 0.3, ml: 0.2 },
  signals: { b: 3 },
  threshold: 0.1,
  fullScore: 0.5,
}

function history(name: string, family: SignalFamily, scores: readonly number[], knownOn = 0): SignalHistory {
  const score = Float64Array.from(scores)
  return {
    name,
    family,
    days: Int32Array.from(scores, (_, i) => 100 + i),
    score,
    confidence: score.map((one) => 100 * Math.abs(one)),
    value: score,
    unit: 'number',
    knownOn: Int32Array.from(scores, (_, i) => 100 + i - knownOn),
    columns: [],
  }
}

const of = (...histories: SignalHistory[]): ReturnType<typeof compositeHistory> =>
  compositeHistory(histories[0].days, histories, WEIGHTS)

describe('the composite', () => {
  it('weighs signals within a family, then families: (1·0.8 + 3·0.4)/4 = 0.5; 0.625·0.5 + 0.375·(−0.2) = 0.2375', () => {
    const { score, families, direction } = of(
      history('a', 'technical', [0.8]),
      history('b', 'technical', [0.4]),
      history('c', 'fundamental', [-0.2]),
    )
    expect(families.map((one) => [one.family, one.score[0], Math.round(1e12 * one.share[0]) / 1e12])).toEqual([
      ['technical', 0.5, 0.625],
      ['fundamental', -0.2, 0.375],
      ['ml', Number.NaN, 0],
    ])
    expect(score[0]).toBeCloseTo(0.2375, 14)
    expect(direction[0]).toBe(1)
  })

  it('agreement is by weight among those with a direction; confidence is the score’s part of 0.5 times that', () => {
    // shares: a 0.625/4, b 3·0.625/4, c 0.375; long: a and b with 0.625 of 1
    const { agreement, confidence } = of(
      history('a', 'technical', [0.8]),
      history('b', 'technical', [0.4]),
      history('c', 'fundamental', [-0.2]),
    )
    expect(agreement[0]).toBeCloseTo(0.625, 14)
    expect(confidence[0]).toBeCloseTo(100 * (0.2375 / 0.5) * 0.625, 12)
  })

  it('a neutral signal pulls the score to 0 and has no part in agreement', () => {
    const { score, agreement } = of(history('a', 'technical', [0.8]), history('d', 'technical', [0]))
    expect(score[0]).toBeCloseTo(0.4, 14)
    expect(agreement[0]).toBe(1)
  })

  it('what is not known is left out, not counted as neutral; without any there is no composite', () => {
    const { score, direction, confidence } = of(
      history('a', 'technical', [0.8, Number.NaN, Number.NaN]),
      history('c', 'fundamental', [Number.NaN, -0.2, Number.NaN]),
    )
    expect(Array.from(score)).toEqual([0.8, -0.2, Number.NaN])
    expect(Array.from(direction)).toEqual([1, -1, 0])
    expect(confidence[2]).toBeNaN()
  })

  it('is neutral below the threshold, with no confidence, and at it is not', () => {
    const { direction, confidence } = of(history('a', 'technical', [0.09, 0.1, -0.1, 0]))
    expect(Array.from(direction)).toEqual([0, 1, -1, 0])
    expect(confidence[0]).toBe(0)
    expect(confidence[1]).toBeCloseTo(20, 12)
  })

  it('takes a model’s history by the same door: 0.5·0.5 + 0.2·1 over 0.7', () => {
    const { score, families } = of(history('a', 'technical', [0.5]), history('net', 'ml', [1]))
    expect(score[0]).toBeCloseTo((0.5 * 0.5 + 0.2) / 0.7, 14)
    expect(families[2].share[0]).toBeCloseTo(0.2 / 0.7, 14)
  })

  it('knows what the latest of its signals knows', () => {
    const { knownOn } = of(history('a', 'technical', [0.5], 3), history('c', 'fundamental', [0.5], 1))
    expect(knownOn[0]).toBe(99)
  })
})
