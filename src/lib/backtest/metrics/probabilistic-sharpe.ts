import { normalCdf, normalQuantile } from '../../kernel/normal-distribution.js'

/** The sample that a Sharpe ratio was measured on. */
export interface SharpeSample {
  /** Number of returns. */
  readonly observations: number
  /** Population moments: m3 ÷ m2^1.5, and m4 ÷ m2² (3 for a normal distribution, not in excess of it). */
  readonly skew: number
  readonly kurtosis: number
}

/** n − 1 times the sampling variance of the Sharpe ratio per bar: 1 − γ3 SR + (γ4 − 1) ÷ 4 · SR², γ4 not in excess of 3. */
export function sharpeVariance(sharpe: number, { skew, kurtosis }: Pick<SharpeSample, 'skew' | 'kurtosis'>): number {
  return 1 - skew * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe
}

/**
 * Probability that the true Sharpe ratio is above a benchmark: Φ((SR − SR*) √(n − 1) ÷ √(1 − γ3 SR + (γ4 − 1) ÷ 4 · SR²)).
 * D. H. Bailey, M. López de Prado (2012), "The Sharpe Ratio Efficient Frontier". All ratios per bar.
 */
export function probabilisticSharpe(sharpe: number, sample: SharpeSample, benchmark = 0): number {
  return normalCdf(
    ((sharpe - benchmark) * Math.sqrt(sample.observations - 1)) / Math.sqrt(sharpeVariance(sharpe, sample)),
  )
}

/**
 * Returns needed for {@link probabilisticSharpe} to reach a confidence: 1 + (1 − γ3 SR + (γ4 − 1) ÷ 4 · SR²)(z ÷ (SR − SR*))².
 * @returns NaN where the ratio is not above the benchmark: no length of record would do
 */
export function minimumTrackRecord(
  sharpe: number,
  shape: Pick<SharpeSample, 'skew' | 'kurtosis'>,
  benchmark = 0,
  confidence = 0.95,
): number {
  if (!(sharpe > benchmark)) return Number.NaN
  return 1 + sharpeVariance(sharpe, shape) * (normalQuantile(confidence) / (sharpe - benchmark)) ** 2
}
