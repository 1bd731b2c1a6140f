import { normalQuantile } from '../../kernel/normal-distribution.js'

const EULER_MASCHERONI = 0.5772156649015329

/**
 * Expected highest Sharpe ratio of N trials without skill whose Sharpe ratios have this standard deviation:
 * σ ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), γ of Euler and Mascheroni. D. H. Bailey, M. López de Prado (2014),
 * "The Deflated Sharpe Ratio". 0 for one trial: nothing was chosen.
 * @param standardDeviation of the Sharpe ratios across trials, in the unit of the answer
 */
export function expectedMaximumSharpe(trials: number, standardDeviation: number): number {
  if (!(trials > 1)) return 0
  const z =
    (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / trials) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (trials * Math.E))
  // The formula is an approximation for large N: below 2 it would promise less than no choice at all.
  return standardDeviation * Math.max(0, z)
}
