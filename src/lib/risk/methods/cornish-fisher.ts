import { normalCdf, normalPdf, normalQuantile } from '../../kernel/normal-distribution.js'
import { shapeOf } from '../../kernel/shape.js'
import type { RiskMethod, TailRisk } from './risk-method.js'

/** The Cornish–Fisher quantile of a standard variable with skewness S and excess kurtosis K at a normal quantile z. */
export function cornishFisherQuantile(z: number, skewness: number, excessKurtosis: number): number {
  return (
    z +
    ((z * z - 1) * skewness) / 6 +
    ((z * z * z - 3 * z) * excessKurtosis) / 24 -
    ((2 * z * z * z - 5 * z) * skewness * skewness) / 36
  )
}

/**
 * True where the expansion rises in z everywhere, so that a higher confidence is a higher VaR: its derivative
 * 1 + zS/3 + (z² − 1)K/8 − (6z² − 5)S²/36 has no root. D. Maillard (2012), "A User's Guide to the Cornish Fisher Expansion".
 */
export function isCornishFisherMonotone(skewness: number, excessKurtosis: number): boolean {
  const square = excessKurtosis / 8 - skewness ** 2 / 6
  const linear = skewness / 3
  const constant = 1 - excessKurtosis / 8 + (5 * skewness ** 2) / 36
  if (square === 0 && linear === 0) return constant > 0
  return square > 0 && linear ** 2 < 4 * square * constant
}

/** ∫ over the tail below h of the Hermite-like power terms; P. Boudt, B. Peterson, C. Croux (2008), appendix. */
function tailIntegral(power: number, h: number): number {
  const density = normalPdf(h)
  if (power % 2 === 0) {
    // Σ_{i=0}^{p/2} (p/2)!·2^{p/2} ÷ (i!·2^i) · h^{2i} φ(h)
    let sum = 0
    let factor = 1
    for (let i = power / 2; i >= 0; i--) {
      sum += factor * h ** (2 * i) * density
      factor *= 2 * i
    }
    return sum
  }
  let sum = 0
  let factor = 1
  for (let i = (power - 1) / 2; i >= 0; i--) {
    sum += factor * h ** (2 * i + 1) * density
    factor *= 2 * i + 1
  }
  return sum - factor * normalCdf(h)
}

/**
 * Modified expected shortfall of a standard variable: its mean below the Cornish–Fisher quantile h under the Edgeworth
 * expansion, as a positive number. P. Boudt, B. Peterson, C. Croux (2008), "Estimation and decomposition of downside risk
 * for portfolios with non-normal returns".
 */
export function modifiedShortfall(h: number, tail: number, skewness: number, excessKurtosis: number): number {
  const density = normalPdf(h)
  const kurtosisTerm = tailIntegral(4, h) - 6 * tailIntegral(2, h) + 3 * density
  const skewTerm = tailIntegral(3, h) - 3 * tailIntegral(1, h)
  const skewSquareTerm = tailIntegral(6, h) - 15 * tailIntegral(4, h) + 45 * tailIntegral(2, h) - 15 * density
  return (
    (density +
      (kurtosisTerm * excessKurtosis) / 24 +
      (skewTerm * skewness) / 6 +
      (skewSquareTerm * skewness * skewness) / 72) /
    tail
  )
}

/** Normal quantile bent by skewness and kurtosis; moments with divisor n. */
export const cornishFisher: RiskMethod = {
  name: 'cornish-fisher',
  minObservations: 30,
  horizon: 'scaled',
  fit({ pnlUsd }, { horizonDays, deviationFactor, scaling, zeroMean }) {
    const shape = shapeOf(pnlUsd)
    const mean = zeroMean ? 0 : shape.mean
    const { sdPopulation: sd, skewness, excessKurtosis } = shape
    // a sum of independent days loses skewness with √h and kurtosis with h
    const skew = skewness / Math.sqrt(horizonDays)
    const kurtosis = excessKurtosis / horizonDays
    const monotone = isCornishFisherMonotone(skew, kurtosis)
    return {
      fit: { mean, sd, skewness, excessKurtosis, inDomain: monotone ? 1 : 0 },
      scaling,
      notes: monotone
        ? []
        : [
            `skewness ${skew.toFixed(2)} and excess kurtosis ${kurtosis.toFixed(2)} lie outside the domain of the expansion: its quantiles do not rise with the confidence everywhere`,
          ],
      at(confidence): TailRisk {
        const tail = 1 - confidence
        const h = cornishFisherQuantile(normalQuantile(tail), skew, kurtosis)
        const varUsd = -(horizonDays * mean + deviationFactor * sd * h)
        const esUsd = -horizonDays * mean + deviationFactor * sd * modifiedShortfall(h, tail, skew, kurtosis)
        if (esUsd >= varUsd) return { varUsd, esUsd }
        return {
          varUsd,
          esUsd: varUsd,
          notes: [`the modified ES came out below VaR (${esUsd.toPrecision(6)} USD): VaR stands in for it`],
        }
      },
    }
  },
}
