import { sampleSd, mean } from '../kernel/moments.js'
import { nelderMead } from '../kernel/nelder-mead.js'
import { shapeOf } from '../kernel/shape.js'
import { studentTLogNormaliser } from '../kernel/student-t-distribution.js'

export interface StudentTFit {
  readonly location: number
  readonly scale: number
  /** Degrees of freedom. */
  readonly nu: number
  readonly logLikelihood: number
  readonly converged: boolean
}

/** Beyond this a t is a normal to all intents. */
const MOST_DEGREES = 1000
const LEAST_DEGREES = 0.2

/** Maximum likelihood of location, scale and degrees of freedom of Student's t. */
export function fitStudentT(values: Float64Array): StudentTFit {
  const n = values.length
  const centre = mean(values)
  const unit = sampleSd(values)
  const scaled = Float64Array.from(values, (value) => (value - centre) / unit)
  const { excessKurtosis } = shapeOf(scaled)
  const nu0 = excessKurtosis > 0.1 ? Math.min(30, 4 + 6 / excessKurtosis) : 30
  const objective = (p: Float64Array): number => {
    const scale = Math.exp(p[1])
    const nu = Math.exp(p[2])
    if (nu < LEAST_DEGREES || nu > MOST_DEGREES || !(scale > 1e-8)) return Infinity
    let logs = 0
    let product = 1
    for (let i = 0; i < n; i++) {
      const z = (scaled[i] - p[0]) / scale
      product *= 1 + (z * z) / nu
      if ((i & 7) === 7 || product > 1e200) {
        logs += Math.log(product)
        product = 1
      }
    }
    logs += Math.log(product)
    return ((nu + 1) / 2) * logs - n * (studentTLogNormaliser(nu) - p[1])
  }
  const from = [0, 0.5 * Math.log((nu0 - 2) / nu0), Math.log(nu0)]
  const found = nelderMead(objective, from, { steps: [0.05, 0.1, 0.2], tolerance: 1e-13 })
  return {
    location: centre + unit * found.point[0],
    scale: unit * Math.exp(found.point[1]),
    nu: Math.exp(found.point[2]),
    logLikelihood: -found.value - n * Math.log(unit),
    converged: found.converged,
  }
}
