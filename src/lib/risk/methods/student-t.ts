import { mean, sampleSd } from '../../kernel/moments.js'
import { studentTPdf, studentTQuantile } from '../../kernel/student-t-distribution.js'
import { fitStudentT } from '../fit-student-t.js'
import { notConverged } from './not-converged.js'
import type { RiskMethod, TailRisk } from './risk-method.js'

/** VaR = −m + c·t and ES = −m + c·f(t) ÷ (1 − confidence)·(ν + t²) ÷ (ν − 1); ES is null for ν ≤ 1. */
export function studentTTail(location: number, scale: number, nu: number, confidence: number): TailRisk {
  const t = studentTQuantile(confidence, nu)
  const varUsd = -location + scale * t
  if (nu <= 1) return { varUsd, esUsd: null, notes: ['with 1 degree of freedom or fewer the mean loss is infinite'] }
  const tailMean = ((studentTPdf(t, nu) / (1 - confidence)) * (nu + t * t)) / (nu - 1)
  return { varUsd, esUsd: -location + scale * tailMean }
}

/**
 * Student's t with location, scale and degrees of freedom by maximum likelihood. Where an earlier fit is held, its shape is
 * laid over the mean and the standard deviation of the day.
 */
export const studentT: RiskMethod = {
  name: 'student-t',
  minObservations: 30,
  horizon: 'scaled',
  fit({ pnlUsd }, { horizonDays, deviationFactor, scaling, zeroMean }, before) {
    const centre = mean(pnlUsd)
    const sd = sampleSd(pnlUsd)
    const fit =
      before?.earlier && before.hold ? heldShape(before.earlier, centre, sd) : { ...fitted(pnlUsd), mean: centre, sd }
    const location = zeroMean ? 0 : fit.location
    return {
      fit: { ...fit },
      scaling,
      notes: fit.nu > 200 ? ['the tails are no fatter than a normal’s'] : [],
      at: (confidence) => studentTTail(horizonDays * location, deviationFactor * fit.scale, fit.nu, confidence),
    }
  },
}

function fitted(pnlUsd: Float64Array): { location: number; scale: number; nu: number; logLikelihood: number } {
  const { location, scale, nu, logLikelihood, converged } = fitStudentT(pnlUsd)
  if (!converged) throw notConverged('student-t')
  return { location, scale, nu, logLikelihood }
}

function heldShape(
  earlier: Readonly<Record<string, number>>,
  centre: number,
  sd: number,
): { location: number; scale: number; nu: number; mean: number; sd: number } {
  const stretch = sd / earlier['sd']
  return {
    location: centre + stretch * (earlier['location'] - earlier['mean']),
    scale: stretch * earlier['scale'],
    nu: earlier['nu'],
    mean: centre,
    sd,
  }
}
