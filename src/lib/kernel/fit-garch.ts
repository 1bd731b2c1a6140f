import { garchBackcast, garchLogLikelihood, garchPersistence, garchVariances, type GarchParameters } from './garch.js'
import { mean, sampleSd } from './moments.js'
import { nelderMead, type Minimum } from './nelder-mead.js'

export interface GarchFit {
  readonly parameters: GarchParameters
  readonly logLikelihood: number
  /** As `garchVariances`: one more than the observations. */
  readonly variances: Float64Array
  readonly converged: boolean
}

export interface GarchOptions {
  /** The variance answers more to falls than to rises (GJR). */
  readonly asymmetric: boolean
  /** Hold mu at 0. */
  readonly zeroMean?: boolean
  /** Begin from earlier parameters instead of a grid: refits of a rolling window. */
  readonly start?: GarchParameters
}

const ALPHAS = [0.01, 0.05, 0.1, 0.2]
const GAMMAS = [0, 0.05, 0.15]
const PERSISTENCES = [0.5, 0.7, 0.9, 0.98]

/**
 * Quasi-maximum likelihood of a constant mean and a GARCH(1,1) or GJR variance under normal innovations; mu and the
 * variance are estimated together, the start of the recursion is held at the backcast. alpha, beta and alpha + gamma stay
 * at or above 0, the persistence below 1.
 */
export function fitGarch(values: Float64Array, { asymmetric, zeroMean = false, start }: GarchOptions): GarchFit {
  const centre = zeroMean ? 0 : mean(values)
  const scale = sampleSd(values)
  const scaled = Float64Array.from(values, (value) => (value - centre) / scale)
  const backcast = garchBackcast(values) / (scale * scale)
  const unpack = (p: ArrayLike<number>): GarchParameters => ({
    omega: Math.exp(p[0]),
    alpha: p[1],
    beta: p[2],
    mu: zeroMean ? 0 : p[3],
    gamma: asymmetric ? p[zeroMean ? 3 : 4] : 0,
  })
  const pack = ({ omega, alpha, beta, mu, gamma }: GarchParameters): number[] => [
    Math.log(Math.max(omega, 1e-12)),
    alpha,
    beta,
    ...(zeroMean ? [] : [mu]),
    ...(asymmetric ? [gamma] : []),
  ]
  const objective = (p: Float64Array): number => {
    const parameters = unpack(p)
    const { alpha, gamma, beta } = parameters
    if (alpha < 0 || beta < 0 || alpha + gamma < 0 || !(garchPersistence(parameters) < 1)) return Infinity
    return -garchLogLikelihood(scaled, parameters, backcast)
  }
  const steps = pack({ omega: Math.E ** 0.5, alpha: 0.04, beta: -0.08, mu: 0.03, gamma: 0.04 })
  let best: Minimum | null = null
  const warm = start && {
    ...start,
    mu: (start.mu - centre) / scale,
    omega: start.omega / (scale * scale),
  }
  const starts =
    warm && objective(Float64Array.from(pack(warm))) < Infinity ? [pack(warm)] : gridStarts(objective, pack)
  for (const from of starts) {
    const found = nelderMead(objective, from, { steps, tolerance: 1e-11 })
    if (best === null || found.value < best.value) best = found
  }
  const inUnits = unpack(best?.point ?? starts[0])
  const parameters: GarchParameters = {
    ...inUnits,
    mu: centre + scale * inUnits.mu,
    omega: scale * scale * inUnits.omega,
  }
  return {
    parameters,
    logLikelihood: garchLogLikelihood(values, parameters, backcast * scale * scale),
    variances: garchVariances(values, parameters, backcast * scale * scale),
    converged: best?.converged ?? false,
  }

  /** The best point of the grid, and the best of another persistence, against a second hill. */
  function gridStarts(f: (p: Float64Array) => number, toPoint: (p: GarchParameters) => number[]): number[][] {
    const tried: { point: number[]; value: number; persistence: number }[] = []
    for (const alpha of ALPHAS) {
      for (const gamma of asymmetric ? GAMMAS : [0]) {
        for (const persistence of PERSISTENCES) {
          const beta = persistence - alpha - gamma / 2
          const point = toPoint({ mu: 0, omega: 1 - persistence, alpha, gamma, beta })
          tried.push({ point, value: f(Float64Array.from(point)), persistence })
        }
      }
    }
    tried.sort((a, b) => a.value - b.value)
    const second = tried.find(({ persistence }) => persistence !== tried[0].persistence)
    return [tried[0].point, ...(second ? [second.point] : [])]
  }
}
