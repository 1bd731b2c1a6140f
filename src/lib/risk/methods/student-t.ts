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

/** Student's t with location, scale and degrees of freedom by maximum likelihood. */
export const studentT: RiskMethod = {
  name: 'student-t',
  minObservations: 30,
  horizon: 'scaled',
  fit({ pnlUsd }, { horizonDays, deviationFactor, scaling, zeroMean }) {
    const { location, scale, nu, logLikelihood, converged } = fitStudentT(pnlUsd)
    if (!converged) throw notConverged('student-t')
    const mean = zeroMean ? 0 : location
    return {
      fit: { location: mean, scale, nu, logLikelihood },
      scaling,
      notes: nu > 200 ? ['the tails are no fatter than a normal’s'] : [],
      at: (confidence) => studentTTail(horizonDays * mean, deviationFactor * scale, nu, confidence),
    }
  },
}
