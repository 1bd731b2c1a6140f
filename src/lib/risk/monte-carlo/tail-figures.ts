import { normalPdf, normalQuantile } from '../../kernel/normal-distribution.js'
import { sampleSd } from '../../kernel/moments.js'
import { quickselect } from '../../kernel/quickselect.js'
import type { Sampling } from './simulate-block.js'

export interface TailFigures {
  /** Losses positive, USD. */
  readonly varUsd: number
  readonly esUsd: number
  /** Null where the scenarios are too few to tell. */
  readonly varStandardErrorUsd: number | null
  readonly esStandardErrorUsd: number | null
  /**
   * influence: from the density at the quantile and the spread of the tail, over independent scenarios;
   * influence-pairs: the same over mirrored pairs; replicates: spread of the figures over independently scrambled nets.
   */
  readonly standardErrorMethod: 'influence' | 'influence-pairs' | 'replicates'
}

/**
 * VaR, the type 7 quantile of the simulated P&L with its sign turned, and ES, the mean of the n·p worst scenarios
 * (the last one by its fraction), with their standard errors.
 */
export function tailFigures(
  totalUsd: Float64Array,
  confidence: number,
  { sampling, replicateScenarios }: { readonly sampling: Sampling; readonly replicateScenarios: number },
): TailFigures {
  const { low, high } = bandAround(totalUsd.length, 1 - confidence)
  const tail = worstScenarios(totalUsd, Math.max(high, lastOfTail(totalUsd.length, confidence)) + 1)
  const { quantileUsd, tailMeanUsd } = lowerTail(tail, totalUsd.length, confidence)
  const figures = { varUsd: -quantileUsd, esUsd: -tailMeanUsd }
  if (sampling === 'sobol') {
    const nets = Math.floor(totalUsd.length / replicateScenarios)
    const tails = Array.from({ length: nets }, (_, net) => {
      const own = totalUsd.slice(net * replicateScenarios, (net + 1) * replicateScenarios)
      return lowerTail(own, own.length, confidence)
    })
    const spread = (values: number[]): number | null => (nets < 2 ? null : sampleSd(values) / Math.sqrt(nets))
    return {
      ...figures,
      varStandardErrorUsd: spread(tails.map((net) => net.quantileUsd)),
      esStandardErrorUsd: spread(tails.map((net) => net.tailMeanUsd)),
      standardErrorMethod: 'replicates',
    }
  }
  const pairs = sampling === 'antithetic'
  const groups = Math.floor(totalUsd.length / (pairs ? 2 : 1))
  const standardErrorMethod = pairs ? 'influence-pairs' : 'influence'
  if (groups < 2 || low < 1) {
    return { ...figures, varStandardErrorUsd: null, esStandardErrorUsd: null, standardErrorMethod }
  }
  // One over the density at the quantile.
  const highUsd = quickselect(tail, high)
  const width = (highUsd - quickselect(tail, low, 0, high)) / ((high - low) / (totalUsd.length - 1))
  const { hits, excess } = pairs ? pairErrors(totalUsd, quantileUsd) : singleErrors(tail, quantileUsd, totalUsd.length)
  return {
    ...figures,
    varStandardErrorUsd: hits * width,
    esStandardErrorUsd: excess / (1 - confidence),
    standardErrorMethod,
  }
}

/** Scenarios of which a sample is looked at, and below which all are. */
const SAMPLE = 8192

/**
 * The `count` smallest values or more of them, every one that is as small as the largest. A sample says where they end,
 * so that one pass collects them and the rest is never moved; where it says too little, all are copied.
 */
function worstScenarios(values: Float64Array, count: number): Float64Array {
  const n = values.length
  const step = Math.floor(n / SAMPLE)
  const expected = (SAMPLE * count) / n
  // Four standard deviations of the number of sampled values among the smallest, and a few for the least counts.
  const rank = Math.ceil(expected + 4 * Math.sqrt(expected) + 8)
  if (step < 2 || rank >= SAMPLE / 2) return Float64Array.from(values)
  const sample = Float64Array.from({ length: SAMPLE }, (_, i) => values[i * step])
  const bound = quickselect(sample, rank)
  const room = new Float64Array(Math.ceil((2 * rank * n) / SAMPLE))
  let found = 0
  for (let i = 0; i < n; i++) {
    if (values[i] > bound) continue
    if (found === room.length) return Float64Array.from(values)
    room[found] = values[i]
    found++
  }
  return found < count ? Float64Array.from(values) : room.subarray(0, found)
}

/** The last order statistic, from 0, that VaR or ES reads. */
function lastOfTail(n: number, confidence: number): number {
  const share = 1 - confidence
  return Math.min(n - 1, Math.max(Math.floor((n - 1) * share) + 1, Math.floor(n * share)))
}

/** @param tail at least the smallest of n values that are read; rearranged */
function lowerTail(tail: Float64Array, n: number, confidence: number): { quantileUsd: number; tailMeanUsd: number } {
  const share = 1 - confidence
  const h = (n - 1) * share
  const below = Math.floor(h)
  const atOrBelow = quickselect(tail, below)
  const above = below + 1 < n ? quickselect(tail, below + 1, below + 1) : atOrBelow
  const quantileUsd = atOrBelow + (h - below) * (above - atOrBelow)
  const worst = n * share
  const whole = Math.min(n - 1, Math.floor(worst))
  const next = quickselect(tail, whole)
  let sum = (worst - whole) * next
  for (let i = 0; i < whole; i++) sum += tail[i]
  return { quantileUsd, tailMeanUsd: sum / worst }
}

/**
 * Order statistics around the quantile whose distance gives its density: P. Hall, S. Sheather (1988).
 */
function bandAround(n: number, share: number): { low: number; high: number } {
  const z = normalQuantile(share)
  const bandwidth = (1.959963984540054 ** 2 / n) ** (1 / 3) * ((1.5 * normalPdf(z) ** 2) / (2 * z * z + 1)) ** (1 / 3)
  const half = Math.min(bandwidth, share / 2)
  return { low: Math.floor((n - 1) * (share - half)), high: Math.ceil((n - 1) * (share + half)) }
}

interface InfluenceErrors {
  /** Of the share of scenarios below the quantile. */
  readonly hits: number
  /** Of the mean of (q − x)⁺, USD. */
  readonly excess: number
}

/**
 * Standard errors by influence functions: of VaR (1{x < q} − p) ÷ f(q), which for single scenarios is √(p(1 − p)/n) ÷ f;
 * of ES (q − x)⁺ ÷ p. What is not in the tail adds nothing to any of the sums.
 */
function singleErrors(tail: Float64Array, quantileUsd: number, n: number): InfluenceErrors {
  let hits = 0
  let excess = 0
  let excessSquares = 0
  for (const value of tail) {
    if (!(value < quantileUsd)) continue
    const beyond = quantileUsd - value
    hits++
    excess += beyond
    excessSquares += beyond * beyond
  }
  return { hits: errorOfMean(hits, hits, n), excess: errorOfMean(excess, excessSquares, n) }
}

/** The same over mirrored pairs: scenarios 2k and 2k + 1 count as one observation, their mean. */
function pairErrors(totalUsd: Float64Array, quantileUsd: number): InfluenceErrors {
  const groups = Math.floor(totalUsd.length / 2)
  let hits = 0
  let hitSquares = 0
  let excess = 0
  let excessSquares = 0
  for (let k = 0; k < groups; k++) {
    const first = Math.max(0, quantileUsd - totalUsd[2 * k])
    const second = Math.max(0, quantileUsd - totalUsd[2 * k + 1])
    if (first === 0 && second === 0) continue
    const hit = ((first > 0 ? 1 : 0) + (second > 0 ? 1 : 0)) / 2
    const beyond = (first + second) / 2
    hits += hit
    hitSquares += hit * hit
    excess += beyond
    excessSquares += beyond * beyond
  }
  return { hits: errorOfMean(hits, hitSquares, groups), excess: errorOfMean(excess, excessSquares, groups) }
}

function errorOfMean(sum: number, squares: number, n: number): number {
  return Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1) / n)
}
