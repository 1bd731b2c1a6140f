import { describe, expect, it } from 'vitest'
import { fillNormals, streamState } from '../../../src/lib/risk/monte-carlo/normal-stream.js'
import { tailFigures } from '../../../src/lib/risk/monte-carlo/tail-figures.js'

const PSEUDO = { sampling: 'pseudo', replicateScenarios: 1024 } as const

/** VaR and ES off a full sort, and the influence functions summed over every scenario. */
function bySorting(pnl: Float64Array, confidence: number): { var: number; es: number; esError: number } {
  const n = pnl.length
  const sorted = Float64Array.from(pnl).sort()
  const h = (n - 1) * (1 - confidence)
  const at = Math.floor(h)
  const quantile = sorted[at] + (h - at) * (sorted[Math.min(n - 1, at + 1)] - sorted[at])
  const worst = n * (1 - confidence)
  const whole = Math.min(n - 1, Math.floor(worst))
  const sum = sorted.subarray(0, whole).reduce((total, value) => total + value, 0) + (worst - whole) * sorted[whole]
  const beyond = pnl.map((value) => Math.max(0, quantile - value))
  const mean = beyond.reduce((total, value) => total + value, 0) / n
  const variance = beyond.reduce((total, value) => total + (value - mean) ** 2, 0) / (n - 1)
  return { var: -quantile, es: -sum / worst, esError: Math.sqrt(variance / n) / (1 - confidence) }
}

const normals = new Float64Array(300_007)
fillNormals(streamState(5, 'normals', 0), normals, 0, normals.length)
const SAMPLES: Record<string, Float64Array> = {
  normals,
  'few normals': normals.slice(0, 1000),
  // What a sample of every 36th value takes for the rest is wrong here.
  'a saw of 36 steps': normals.map((value, i) => value + 10 * (i % 36)),
  'a saw upside down': normals.map((value, i) => value - 10 * (i % 36)),
  'ties, one value a thousand': normals.map((value) => Math.round(value)),
  'one value': new Float64Array(50_000).fill(-3),
  'in order': Float64Array.from(normals).sort(),
}

describe.each(Object.entries(SAMPLES))('the tail of %s', (_, pnl) => {
  it.each([0.5, 0.9, 0.95, 0.99, 0.999])('at %s is that of a full sort', (confidence) => {
    const expected = bySorting(pnl, confidence)
    const before = Float64Array.from(pnl)
    const found = tailFigures(pnl, confidence, PSEUDO)
    expect(found.varUsd).toBe(expected.var)
    expect(found.esUsd).toBeCloseTo(expected.es, 9)
    if (found.esStandardErrorUsd !== null) expect(found.esStandardErrorUsd).toBeCloseTo(expected.esError, 9)
    expect(pnl).toEqual(before)
  })
})

it('five scenarios −5, 1, 2, 3, 4 at 75 %: the second worst, 1, is VaR −1; the worst 1.25 are (−5 + 0.25 × 1) ÷ 1.25 = −3.8', () => {
  const found = tailFigures(Float64Array.of(3, -5, 1, 4, 2), 0.75, PSEUDO)
  expect(found.varUsd).toBe(-1)
  expect(found.esUsd).toBeCloseTo(3.8, 12)
})

it('mirrored pairs count as one observation: their errors are those of the means of the pairs', () => {
  const pairs = normals.slice(0, 40_000)
  const { varUsd, esStandardErrorUsd } = tailFigures(pairs, 0.95, { sampling: 'antithetic', replicateScenarios: 1024 })
  const beyond = pairs.map((value) => Math.max(0, -varUsd - value))
  const means = Float64Array.from({ length: 20_000 }, (_, k) => (beyond[2 * k] + beyond[2 * k + 1]) / 2)
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1)
  expect(esStandardErrorUsd).toBeCloseTo(Math.sqrt(variance / means.length) / (1 - 0.95), 9)
})
