import { fitGarch, type GarchFit } from '../../kernel/fit-garch.js'
import {
  garchAggregateVariance,
  garchBackcast,
  garchLogLikelihood,
  garchPersistence,
  garchVariances,
  type GarchParameters,
} from '../../kernel/garch.js'
import { normalCdf, normalQuantile } from '../../kernel/normal-distribution.js'
import { notConverged } from './not-converged.js'
import type { EarlierFit, FittedMethod, PnlSample, RiskMethod, RiskSettings, TailRisk } from './risk-method.js'
import { normalTail } from './normal.js'

/** The fit of a GARCH method, or the refusal that names it. */
export function garchFitOf(
  method: string,
  { percent }: PnlSample,
  { asymmetric, zeroMean }: { readonly asymmetric: boolean; readonly zeroMean: boolean },
  before?: EarlierFit,
): GarchFit {
  const start = before?.earlier && parametersOf(before.earlier)
  if (start && before.hold) {
    const backcast = garchBackcast(percent)
    const logLikelihood = garchLogLikelihood(percent, start, backcast)
    return { parameters: start, logLikelihood, variances: garchVariances(percent, start, backcast), converged: true }
  }
  const near = start && fitGarch(percent, { asymmetric, zeroMean, start })
  const fit = near?.converged ? near : fitGarch(percent, { asymmetric, zeroMean })
  if (!fit.converged || !Number.isFinite(fit.logLikelihood)) throw notConverged(method)
  return fit
}

function parametersOf(fit: Readonly<Record<string, number>>): GarchParameters {
  return { mu: fit['mu'], omega: fit['omega'], alpha: fit['alpha'], gamma: fit['gamma'] ?? 0, beta: fit['beta'] }
}

/** The figures of a GARCH fit as they stand in an answer: parameters on per-cent returns, and tomorrow's sigma in per cent. */
export function garchFigures(
  { parameters, logLikelihood, variances }: GarchFit,
  asymmetric: boolean,
): Record<string, number> {
  const { mu, omega, alpha, gamma, beta } = parameters
  return {
    mu,
    omega,
    alpha,
    ...(asymmetric ? { gamma } : {}),
    beta,
    logLikelihood,
    persistence: garchPersistence(parameters),
    sigmaNextPercent: Math.sqrt(variances[variances.length - 1]),
  }
}

/**
 * Tail of the P&L of a normal return in per cent. A logarithmic return is revalued: with x ~ N(m, s²), E = 100·usdPerPercent,
 * a long loses E(1 − e^x) below the lower quantile and its ES is E(1 − e^{m + s²/2}Φ(−z − s) ÷ p); a short mirrors it.
 */
export function percentTail(sample: PnlSample, meanPercent: number, sdPercent: number, confidence: number): TailRisk {
  const { usdPerPercent, logarithmic } = sample
  if (!logarithmic) {
    return normalTail(usdPerPercent * meanPercent, Math.abs(usdPerPercent) * sdPercent, confidence)
  }
  const [m, s, p] = [meanPercent / 100, sdPercent / 100, 1 - confidence]
  const z = normalQuantile(confidence)
  const exposure = 100 * Math.abs(usdPerPercent)
  const growth = Math.exp(m + (s * s) / 2)
  return usdPerPercent >= 0
    ? { varUsd: -exposure * Math.expm1(m - z * s), esUsd: exposure * (1 - (growth * normalCdf(-z - s)) / p) }
    : { varUsd: exposure * Math.expm1(m + z * s), esUsd: exposure * ((growth * normalCdf(s - z)) / p - 1) }
}

function garchMethod(name: 'garch' | 'gjr-garch'): RiskMethod {
  const asymmetric = name === 'gjr-garch'
  return {
    name,
    minObservations: 100,
    horizon: 'own',
    fit(sample: PnlSample, { horizonDays, zeroMean }: RiskSettings, before?: EarlierFit): FittedMethod {
      const fit = garchFitOf(name, sample, { asymmetric, zeroMean }, before)
      const { parameters, variances } = fit
      const variance = garchAggregateVariance(parameters, variances[variances.length - 1], horizonDays)
      const meanPercent = horizonDays * parameters.mu
      const sdPercent = Math.sqrt(variance)
      return {
        fit: garchFigures(fit, asymmetric),
        scaling: horizonDays === 1 ? 'one day' : `sum of ${horizonDays} forecast variances`,
        notes:
          garchPersistence(parameters) > 0.9999
            ? ['persistence is practically 1: the variance has no level to return to']
            : [],
        at: (confidence) => percentTail(sample, meanPercent, sdPercent, confidence),
      }
    },
  }
}

/** GARCH(1,1) by normal quasi-maximum likelihood on per-cent returns. */
export const garch = garchMethod('garch')
/** GJR-GARCH(1,1): falls weigh more. */
export const gjrGarch = garchMethod('gjr-garch')
