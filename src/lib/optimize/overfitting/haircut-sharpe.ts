import { studentTCdf, studentTQuantile } from '../../kernel/student-t-distribution.js'

export const HAIRCUT_METHODS = ['bonferroni', 'holm', 'bhy'] as const
export type HaircutMethod = (typeof HAIRCUT_METHODS)[number]

export interface Haircut {
  /** p-value after allowing for all trials, two-sided. */
  readonly pValue: number
  /** Sharpe ratio per bar that a single trial of that p-value would have; 0 at a p-value of 1. */
  readonly sharpe: number
  /** 1 − sharpe ÷ the observed one. */
  readonly haircut: number
}

/**
 * Sharpe ratio of one trial cut down for all that were tried. C. R. Harvey, Y. Liu (2015), "Backtesting": the t-ratio SR √n
 * becomes a p-value, the p-value is adjusted for the tests of all trials, and the adjusted one becomes a Sharpe ratio again.
 * Bonferroni: p · M. Holm: max over j ≤ rank of (M − j + 1) p₍ⱼ₎. BHY (Benjamini, Hochberg, Yekutieli): min over j ≥ rank of
 * M c(M) ÷ j · p₍ⱼ₎, c(M) = Σ 1/j. The p-values of the trials are those that were found, not drawn from a model of them.
 * @param sharpes per bar of all trials, the chosen one among them; NaN (never traded) counts as p = 1
 * @param observations returns of each trial
 * @returns null where the chosen trial has no positive Sharpe ratio: there is nothing to cut
 */
export function haircutSharpe(
  sharpes: Float64Array,
  chosen: number,
  observations: number,
): Readonly<Record<HaircutMethod, Haircut>> | null {
  const observed = sharpes[chosen]
  if (!(observed > 0) || observations < 3) return null
  const root = Math.sqrt(observations)
  const degrees = observations - 1
  const pValue = (sharpe: number): number => (sharpe > 0 ? 2 * studentTCdf(-sharpe * root, degrees) : 1)
  const trials = sharpes.length
  // Best first: p-values ascend where Sharpe ratios descend, so that only those that are needed are computed.
  const descending = sharpes.map((sharpe) => (sharpe > 0 ? -sharpe : 0)).sort()
  const rank = descending.indexOf(-observed)
  const p = pValue(observed)
  let holm = 0
  for (let j = 0; j <= rank; j++) holm = Math.max(holm, (trials - j) * pValue(-descending[j]))
  let harmonic = 0
  for (let j = 1; j <= trials; j++) harmonic += 1 / j
  let bhy = 1
  for (let j = rank; j < trials; j++) {
    if (descending[j] === 0) break
    const scale = (trials * harmonic) / (j + 1)
    bhy = Math.min(bhy, scale * pValue(-descending[j]))
  }
  const cut = (adjusted: number): Haircut => {
    const bounded = Math.min(1, adjusted)
    // max: a probability that has underflown to 0 would be an infinite ratio
    const sharpe =
      bounded === 1 ? 0 : Math.min(observed, -studentTQuantile(Math.max(bounded, 1e-300) / 2, degrees) / root)
    return { pValue: bounded, sharpe, haircut: 1 - sharpe / observed }
  }
  return { bonferroni: cut(trials * p), holm: cut(holm), bhy: cut(bhy) }
}
