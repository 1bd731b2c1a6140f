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
  const { quantileUsd, tailMeanUsd } = lowerTail(Float64Array.from(totalUsd), confidence)
  const figures = { varUsd: -quantileUsd, esUsd: -tailMeanUsd }
  if (sampling === 'sobol') {
    const nets = Math.floor(totalUsd.length / replicateScenarios)
    const tails = Array.from({ length: nets }, (_, net) =>
      lowerTail(totalUsd.slice(net * replicateScenarios, (net + 1) * replicateScenarios), confidence),
    )
    const spread = (values: number[]): number | null => (nets < 2 ? null : sampleSd(values) / Math.sqrt(nets))
    return {
      ...figures,
      varStandardErrorUsd: spread(tails.map((tail) => tail.quantileUsd)),
      esStandardErrorUsd: spread(tails.map((tail) => tail.tailMeanUsd)),
      standardErrorMethod: 'replicates',
    }
  }
  const pairs = sampling === 'antithetic'
  return {
    ...figures,
    ...influenceErrors(totalUsd, confidence, quantileUsd, pairs ? 2 : 1),
    standardErrorMethod: pairs ? 'influence-pairs' : 'influence',
  }
}

/** Rearranges `values`. */
function lowerTail(values: Float64Array, confidence: number): { quantileUsd: number; tailMeanUsd: number } {
  const n = values.length
  const share = 1 - confidence
  const h = (n - 1) * share
  const below = Math.floor(h)
  const atOrBelow = quickselect(values, below)
  const above = below + 1 < n ? quickselect(values, below + 1, below + 1) : atOrBelow
  const quantileUsd = atOrBelow + (h - below) * (above - atOrBelow)
  const worst = n * share
  const whole = Math.min(n - 1, Math.floor(worst))
  const next = quickselect(values, whole)
  let sum = (worst - whole) * next
  for (let i = 0; i < whole; i++) sum += values[i]
  return { quantileUsd, tailMeanUsd: sum / worst }
}

/**
 * Standard errors by influence functions: of VaR (1{x < q} − p) ÷ f(q), which for single scenarios is √(p(1 − p)/n) ÷ f;
 * of ES (q − x)⁺ ÷ p. 1/f(q) from the difference of two quantiles, P. Hall, S. Sheather (1988).
 */
function influenceErrors(
  totalUsd: Float64Array,
  confidence: number,
  quantileUsd: number,
  group: 1 | 2,
): Pick<TailFigures, 'varStandardErrorUsd' | 'esStandardErrorUsd'> {
  const n = totalUsd.length
  const share = 1 - confidence
  const z = normalQuantile(share)
  const bandwidth = (1.959963984540054 ** 2 / n) ** (1 / 3) * ((1.5 * normalPdf(z) ** 2) / (2 * z * z + 1)) ** (1 / 3)
  const half = Math.min(bandwidth, share / 2)
  const low = Math.floor((n - 1) * (share - half))
  const high = Math.ceil((n - 1) * (share + half))
  const groups = Math.floor(n / group)
  if (groups < 2 || low < 1) return { varStandardErrorUsd: null, esStandardErrorUsd: null }
  const scratch = Float64Array.from(totalUsd)
  const highUsd = quickselect(scratch, high)
  const lowUsd = quickselect(scratch, low, 0, high)
  const inverseDensity = (highUsd - lowUsd) / ((high - low) / (n - 1))

  let hits = 0
  let hitSquares = 0
  let excess = 0
  let excessSquares = 0
  for (let k = 0; k < groups; k++) {
    let hit = 0
    let beyond = 0
    for (let i = k * group; i < (k + 1) * group; i++) {
      if (totalUsd[i] < quantileUsd) {
        hit += 1 / group
        beyond += (quantileUsd - totalUsd[i]) / group
      }
    }
    hits += hit
    hitSquares += hit * hit
    excess += beyond
    excessSquares += beyond * beyond
  }
  const error = (sum: number, squares: number): number =>
    Math.sqrt(Math.max(0, squares - (sum * sum) / groups) / (groups - 1) / groups)
  return {
    varStandardErrorUsd: error(hits, hitSquares) * inverseDensity,
    esStandardErrorUsd: error(excess, excessSquares) / share,
  }
}
