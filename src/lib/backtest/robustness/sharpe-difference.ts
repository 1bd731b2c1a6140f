import { normalCdf } from '../../kernel/normal-distribution.js'
import type { Rng } from '../../kernel/rng.js'
import { quantile } from '../../kernel/quantile.js'
import { drawBlocks } from './draw-blocks.js'
import { hacVariance } from './hac-variance.js'

export interface SharpeDifferenceOptions {
  /** Mean block length of the stationary bootstrap. */
  readonly block: number
  readonly draws: number
  /** Of the interval, 0.95. */
  readonly level: number
  readonly rng: Rng
  /** Lets signals in between draws. */
  readonly pause: () => Promise<void>
}

/** Is one Sharpe ratio above another, on the same bars? Ratios are per bar × √252. */
export interface SharpeDifference {
  /** First − second. */
  readonly difference: number
  /** Standard deviation of the difference over the draws. */
  readonly standardError: number
  /** Percentile interval over the draws. */
  readonly low: number
  readonly high: number
  /** Two-sided: share of the draws that lie as far from the difference as the difference from zero, (1 + k) ÷ (1 + draws). */
  readonly pValue: number
  /** Share of the draws in which the first is the better. */
  readonly probabilityBetter: number
  /** The same with the draws measured in their own standard errors. O. Ledoit, M. Wolf (2008). */
  readonly studentisedPValue: number
  /** Normal p-value with the standard error that forgives neither dependence nor fat tails (quadratic spectral kernel). */
  readonly hacStandardError: number
  readonly hacPValue: number
  /** Normal p-value of Jobson and Korkie (1981) as corrected by C. Memmel (2003): right for independent normal returns only. */
  readonly memmelPValue: number
}

const YEAR = Math.sqrt(252)
/** Draws between two pauses. */
const PAUSE = 64

interface PairMoments {
  readonly sharpeA: number
  readonly sharpeB: number
  readonly meanA: number
  readonly meanB: number
  readonly varianceA: number
  readonly varianceB: number
}

/**
 * Paired stationary bootstrap of the difference of two Sharpe ratios: both series are drawn at the same bars, so that what moves
 * them together stays. O. Ledoit, M. Wolf (2008), "Robust performance hypothesis testing with the Sharpe ratio".
 * @returns null where one of them does not vary, or there are fewer than 20 bars
 */
export async function sharpeDifference(
  a: Float64Array,
  b: Float64Array,
  { block, draws, level, rng, pause }: SharpeDifferenceOptions,
): Promise<SharpeDifference | null> {
  const n = a.length
  const influence = new Float64Array(n)
  const positions = Int32Array.from({ length: n }, (_, i) => i)
  const whole = momentsAt(a, b, positions)
  if (n < 20 || !(whole.varianceA > 0) || !(whole.varianceB > 0)) return null
  const difference = whole.sharpeA - whole.sharpeB
  influences(a, b, positions, whole, influence)
  const hac = Math.sqrt(hacVariance(influence) / n)
  // Both strategies are one: no draw would ever differ.
  if (!(hac > 0)) return null

  const differences = new Float64Array(draws)
  const size = Math.max(1, Math.round(block))
  let asFar = 0
  let asFarStudentised = 0
  let better = 0
  for (let k = 0; k < draws; k++) {
    if (k % PAUSE === 0) await pause()
    drawBlocks('stationary', block, n, rng, positions)
    const drawn = momentsAt(a, b, positions)
    const value = drawn.sharpeA - drawn.sharpeB
    differences[k] = value
    if (value > 0) better++
    if (Math.abs(value - difference) >= Math.abs(difference)) asFar++
    drawBlocks('circular', size, n, rng, positions)
    const round = momentsAt(a, b, positions)
    influences(a, b, positions, round, influence)
    const error = Math.sqrt(blockVariance(influence, size) / n)
    if (Math.abs(round.sharpeA - round.sharpeB - difference) / error >= Math.abs(difference) / hac) asFarStudentised++
  }
  const ascending = differences.filter(Number.isFinite).sort()
  let sum = 0
  for (const value of ascending) sum += value / ascending.length
  let squares = 0
  for (const value of ascending) squares += (value - sum) ** 2
  return {
    difference: difference * YEAR,
    standardError: Math.sqrt(squares / (ascending.length - 1)) * YEAR,
    low: quantile(ascending, (1 - level) / 2) * YEAR,
    high: quantile(ascending, (1 + level) / 2) * YEAR,
    pValue: (1 + asFar) / (1 + draws),
    probabilityBetter: better / draws,
    studentisedPValue: (1 + asFarStudentised) / (1 + draws),
    hacStandardError: hac * YEAR,
    hacPValue: twoSided(difference / hac),
    memmelPValue: twoSided(difference / Math.sqrt(memmelVariance(a, b, whole) / n)),
  }
}

const twoSided = (z: number): number => 2 * normalCdf(-Math.abs(z))

/** Mean and variance (ddof 1) of both series at the positions drawn. */
function momentsAt(a: Float64Array, b: Float64Array, positions: Int32Array): PairMoments {
  const n = positions.length
  let sumA = 0
  let sumB = 0
  for (let i = 0; i < n; i++) {
    sumA += a[positions[i]]
    sumB += b[positions[i]]
  }
  const meanA = sumA / n
  const meanB = sumB / n
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < n; i++) {
    squaresA += (a[positions[i]] - meanA) ** 2
    squaresB += (b[positions[i]] - meanB) ** 2
  }
  const varianceA = squaresA / (n - 1)
  const varianceB = squaresB / (n - 1)
  return {
    meanA,
    meanB,
    varianceA,
    varianceB,
    sharpeA: meanA / Math.sqrt(varianceA),
    sharpeB: meanB / Math.sqrt(varianceB),
  }
}

/**
 * What each bar adds to the difference, to first order: the gradient of SR = μ ÷ √(γ − μ²) times the deviations of r and r² from
 * their means, first series less second. Its long-run variance ÷ n is that of the difference (delta method).
 */
function influences(
  a: Float64Array,
  b: Float64Array,
  positions: Int32Array,
  { meanA, meanB, varianceA, varianceB }: PairMoments,
  target: Float64Array,
): void {
  const one = (value: number, mean: number, variance: number): number => {
    const sd = Math.sqrt(variance)
    const centred = value - mean
    return centred / sd - ((mean / sd) * (centred * centred - variance)) / (2 * variance)
  }
  for (let i = 0; i < positions.length; i++) {
    const at = positions[i]
    target[i] = one(a[at], meanA, varianceA) - one(b[at], meanB, varianceB)
  }
}

/** Σ over blocks of (Σ values)² ÷ size, averaged: the variance that blocks of this size see. F. Götze, H. R. Künsch (1996). */
function blockVariance(values: Float64Array, size: number): number {
  const blocks = Math.floor(values.length / size)
  let total = 0
  for (let block = 0; block < blocks; block++) {
    let sum = 0
    for (let i = block * size; i < (block + 1) * size; i++) sum += values[i]
    total += (sum * sum) / size
  }
  return total / blocks
}

/** 2 − 2ρ + ½(SRa² + SRb² − 2 SRa SRb ρ²), C. Memmel (2003), "Performance Hypothesis Testing with the Sharpe Ratio". */
function memmelVariance(a: Float64Array, b: Float64Array, moments: PairMoments): number {
  const { meanA, meanB, varianceA, varianceB, sharpeA, sharpeB } = moments
  let product = 0
  for (let i = 0; i < a.length; i++) product += (a[i] - meanA) * (b[i] - meanB)
  const correlation = product / ((a.length - 1) * Math.sqrt(varianceA * varianceB))
  return (
    2 -
    2 * correlation +
    0.5 * (sharpeA * sharpeA + sharpeB * sharpeB - 2 * sharpeA * sharpeB * correlation * correlation)
  )
}
