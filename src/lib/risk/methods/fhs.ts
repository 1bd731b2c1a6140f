import { garchPersistence } from '../../kernel/garch.js'
import { seededRng } from '../../kernel/rng.js'
import { sampleQuantile } from '../../kernel/sample-quantile.js'
import { garchFigures, garchFitOf } from './garch.js'
import type { RiskMethod, TailRisk } from './risk-method.js'
import { tailMeanLoss } from './tail-mean.js'

/**
 * Filtered historical simulation: past GARCH residuals, each in units of its own day's sigma, replayed at tomorrow's
 * sigma; beyond one day by paths that carry the variance along. G. Barone-Adesi, K. Giannopoulos, L. Vosper (1999).
 * One day needs no random numbers: every residual is equally likely.
 */
export const fhs: RiskMethod = {
  name: 'fhs',
  minObservations: 100,
  horizon: 'own',
  fit(sample, { horizonDays, zeroMean, seed, paths, quantileType }, before) {
    const garch = garchFitOf('fhs', sample, { asymmetric: false, zeroMean }, before)
    const { parameters, variances } = garch
    const { mu, omega, alpha, beta } = parameters
    const { percent, usdPerPercent, logarithmic } = sample
    const n = percent.length
    const shocks = new Float64Array(n)
    for (let i = 0; i < n; i++) shocks[i] = (percent[i] - mu) / Math.sqrt(variances[i])
    const outcomes = horizonDays === 1 ? shocks.map((z) => mu + Math.sqrt(variances[n]) * z) : new Float64Array(paths)
    if (horizonDays > 1) {
      const rng = seededRng(seed, 'fhs')
      for (let k = 0; k < paths; k++) {
        let variance = variances[n]
        for (let day = 0; day < horizonDays; day++) {
          const e = Math.sqrt(variance) * shocks[rng.integer(n)]
          outcomes[k] += mu + e
          variance = omega + alpha * e * e + beta * variance
        }
      }
    }
    const pnl = outcomes.map((x) => usdPerPercent * (logarithmic ? 100 * Math.expm1(x / 100) : x)).sort()
    return {
      fit: { ...garchFigures(garch, false), ...(horizonDays === 1 ? {} : { paths }) },
      scaling: horizonDays === 1 ? 'one day' : `${paths} paths of ${horizonDays} days, seed ${seed}`,
      notes: garchPersistence(parameters) > 0.9999 ? ['persistence is practically 1'] : [],
      at: (confidence): TailRisk => ({
        varUsd: -sampleQuantile(pnl, 1 - confidence, quantileType) + 0,
        esUsd: tailMeanLoss(pnl, 1 - confidence),
      }),
    }
  },
}
