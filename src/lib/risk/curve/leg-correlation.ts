import { midRanks } from '../../kernel/mid-ranks.js'
import { normalQuantile } from '../../kernel/normal-distribution.js'
import { ewmaCovariance, sampleCovariance } from '../monte-carlo/covariance.js'

/** How far two price changes go together, measured in more than one way: a spread is worth what this is worth. */
export interface LegCorrelation {
  readonly pearson: number
  /** 95 % interval of `pearson` by Fisher's transformation, which takes days as independent and normal. */
  readonly low95: number
  readonly high95: number
  /** Of the ranks of the changes: one day of April 2020 counts as one day. */
  readonly spearman: number
  /** Kendall's τ_b: share of pairs of days that go the same way minus those that do not, ties discounted. */
  readonly kendall: number
  /** Exponentially weighted about zero. */
  readonly ewma: number
  /** The least over any `window` consecutive days; NaN where there are fewer. */
  readonly lowest: number
}

/**
 * Correlations of two columns of changes.
 * @returns NaN where one of them never moves
 */
export function legCorrelation(
  a: Float64Array,
  b: Float64Array,
  { lambda, window }: { readonly lambda: number; readonly window: number },
): LegCorrelation {
  const pearson = inCovariance(sampleCovariance([a, b]))
  const half = normalQuantile(0.975) / Math.sqrt(a.length - 3)
  return {
    pearson,
    low95: Math.tanh(Math.atanh(pearson) - half),
    high95: Math.tanh(Math.atanh(pearson) + half),
    spearman: inCovariance(sampleCovariance([midRanks(a), midRanks(b)])),
    kendall: kendallTauB(a, b),
    ewma: inCovariance(ewmaCovariance([a, b], lambda)),
    lowest: lowestOver(a, b, window),
  }
}

function inCovariance([aa, ab, , bb]: Float64Array): number {
  const correlation = ab / Math.sqrt(aa * bb)
  return Math.max(-1, Math.min(1, correlation))
}

/** (concordant − discordant) ÷ √(pairs without a tie in a × pairs without a tie in b), over all pairs of days. */
function kendallTauB(a: Float64Array, b: Float64Array): number {
  let score = 0
  let untiedA = 0
  let untiedB = 0
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [signA, signB] = [Math.sign(a[i] - a[j]), Math.sign(b[i] - b[j])]
      score += signA * signB
      untiedA += signA * signA
      untiedB += signB * signB
    }
  }
  return score / Math.sqrt(untiedA * untiedB)
}

function lowestOver(a: Float64Array, b: Float64Array, window: number): number {
  let lowest = Number.NaN
  for (let to = window; to <= a.length; to++) {
    const here = inCovariance(sampleCovariance([a.subarray(to - window, to), b.subarray(to - window, to)]))
    if (!(here >= lowest)) lowest = here
  }
  return lowest
}
