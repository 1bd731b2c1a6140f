import { sharpeFromSums } from './block-sharpe.js'
import type { TrialBlocks } from './trial-blocks.js'

export interface EffectiveTrials {
  readonly effective: number
  readonly meanCorrelation: number
}

/**
 * Independent trials that M correlated ones are worth: ρ̄ + (1 − ρ̄) M, with the mean correlation ρ̄ of their block sums.
 * D. H. Bailey, M. López de Prado (2014), "The Deflated Sharpe Ratio", appendix. Neighbours in a grid hold nearly the same
 * positions, so that a thousand of them are not a thousand tries. Trials that never traded are none.
 * @returns effective between 1 and M; NaN of the correlation below two trials
 */
export function effectiveTrials({ trials, blocks, bars, sums, squares }: TrialBlocks): EffectiveTrials {
  const total = new Float64Array(blocks)
  const standard = new Float64Array(blocks)
  let counted = 0
  for (let trial = 0; trial < trials; trial++) {
    const at = trial * blocks
    let mean = 0
    let square = 0
    for (let b = 0; b < blocks; b++) {
      mean += sums[at + b] / blocks
      square += squares[at + b]
    }
    if (Number.isNaN(sharpeFromSums(mean * blocks, square, bars))) continue
    let norm = 0
    for (let b = 0; b < blocks; b++) {
      standard[b] = sums[at + b] - mean
      norm += standard[b] * standard[b]
    }
    if (!(norm > 0)) continue
    const scale = 1 / Math.sqrt(norm)
    for (let b = 0; b < blocks; b++) total[b] += standard[b] * scale
    counted++
  }
  if (counted < 2) return { effective: counted, meanCorrelation: Number.NaN }
  // ‖Σ z‖² is the sum of all correlations, the M ones of the diagonal among them.
  let all = 0
  for (let b = 0; b < blocks; b++) all += total[b] * total[b]
  const meanCorrelation = (all - counted) / (counted * (counted - 1))
  const clamped = Math.min(1, Math.max(0, meanCorrelation))
  return { effective: clamped + (1 - clamped) * counted, meanCorrelation }
}
