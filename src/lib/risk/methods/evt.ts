import { ContangoError } from '../../kernel/errors.js'
import { quantile } from '../../kernel/quantile.js'
import { fitGeneralisedPareto, paretoByWeightedMoments } from '../fit-generalised-pareto.js'
import { hillIndex } from '../hill-index.js'
import type { RiskMethod, TailRisk } from './risk-method.js'

const FEWEST_EXCESSES = 10

/**
 * Peaks over threshold: a generalised Pareto fitted to the losses beyond the 95 % loss u. With k of n losses beyond it,
 * VaR = u + β/ξ·((n/k·p)^{−ξ} − 1), ES = (VaR + β − ξu) ÷ (1 − ξ). A. McNeil, R. Frey, P. Embrechts (2015), §5.2.
 */
export const evt: RiskMethod = {
  name: 'evt',
  minObservations: 200,
  horizon: 'scaled',
  fit({ pnlUsd }, { deviationFactor, scaling, evtThreshold }) {
    const n = pnlUsd.length
    const losses = Float64Array.from(pnlUsd, (value) => -value).sort()
    const threshold = quantile(losses, evtThreshold)
    const excesses = losses.filter((loss) => loss > threshold).map((loss) => loss - threshold)
    const k = excesses.length
    if (k < FEWEST_EXCESSES) {
      throw new ContangoError(
        'numeric',
        'TOO_FEW_EXCESSES',
        `evt: ${k} losses lie beyond the threshold, ${FEWEST_EXCESSES} are needed`,
        'give more observations (--window) or a lower --evt-threshold',
        { method: 'evt', excesses: k },
      )
    }
    const hillXi = hillIndex(losses, k)
    const likely = fitGeneralisedPareto(excesses)
    // few excesses can have a likelihood that only grows towards a tail that ends at the largest loss
    const { xi, beta } = likely.converged ? likely : paretoByWeightedMoments(excesses.slice().sort())
    return {
      fit: {
        xi,
        beta,
        thresholdUsd: threshold,
        excesses: k,
        ...(hillXi === null ? {} : { hillXi }),
        ...(likely.converged ? { logLikelihood: -likely.negativeLogLikelihood } : {}),
      },
      scaling,
      notes: [
        ...(likely.converged ? [] : ['the likelihood has no optimum: fitted by probability-weighted moments']),
        ...(xi < 0 ? ['the fitted tail ends: no loss beyond its end point is possible'] : []),
      ],
      at(confidence): TailRisk {
        const ratio = (n / k) * (1 - confidence)
        if (ratio > 1 + 1e-6) {
          throw new ContangoError(
            'numeric',
            'BELOW_THRESHOLD',
            `evt: a confidence of ${confidence} lies below the threshold, which leaves ${((100 * k) / n).toFixed(2)} % of the days`,
            'ask for a higher --confidence, or lower --evt-threshold',
            { method: 'evt', confidence },
          )
        }
        const varUsd =
          threshold + (Math.abs(xi) < 1e-9 ? -beta * Math.log(ratio) : (beta / xi) * Math.expm1(-xi * Math.log(ratio)))
        if (xi >= 1) {
          return {
            varUsd: deviationFactor * varUsd,
            esUsd: null,
            notes: ['with ξ of 1 or more the mean loss is infinite'],
          }
        }
        const esUsd = (varUsd + beta - xi * threshold) / (1 - xi)
        return { varUsd: deviationFactor * varUsd, esUsd: deviationFactor * esUsd }
      },
    }
  },
}
