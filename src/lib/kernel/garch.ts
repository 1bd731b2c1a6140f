/**
 * Parameters of x_t = mu + e_t, h_t = omega + alpha·e²_{t−1} + gamma·e²_{t−1}·1[e_{t−1} < 0] + beta·h_{t−1}.
 * GARCH(1,1) has gamma 0; GJR-GARCH is L. R. Glosten, R. Jagannathan, D. E. Runkle (1993).
 */
export interface GarchParameters {
  readonly mu: number
  readonly omega: number
  readonly alpha: number
  readonly gamma: number
  readonly beta: number
}

const BACKCAST_DAYS = 75
const BACKCAST_DECAY = 0.94

/** Variance before the first day: the mean of the first 75 squared deviations, weighted by 0.94^i, newest last. */
export function garchBackcast(values: ArrayLike<number>): number {
  const n = values.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += values[i] / n
  let weight = 1
  let weights = 0
  let sum = 0
  for (let i = 0; i < Math.min(BACKCAST_DAYS, n); i++) {
    sum += weight * (values[i] - mean) ** 2
    weights += weight
    weight *= BACKCAST_DECAY
  }
  return sum / weights
}

/** How fast a shock to the variance fades: alpha + gamma ÷ 2 + beta. */
export function garchPersistence({ alpha, gamma, beta }: GarchParameters): number {
  return alpha + gamma / 2 + beta
}

/**
 * Normal log-likelihood of `values`, the recursion started from `backcast` for both e² and h.
 * @returns −∞ where a variance is not above zero
 */
export function garchLogLikelihood(values: Float64Array, parameters: GarchParameters, backcast: number): number {
  const { mu, omega, alpha, gamma, beta } = parameters
  const n = values.length
  let variance = omega + (alpha + gamma / 2 + beta) * backcast
  let sum = 0
  // the logarithm of a product of eight is dearer than none, cheaper than eight
  let product = 1
  for (let i = 0; i < n; i++) {
    if (!(variance > 0)) return -Infinity
    const e = values[i] - mu
    const square = e * e
    sum += square / variance
    product *= variance
    if ((i & 7) === 7 || product > 1e200 || product < 1e-200) {
      sum += Math.log(product)
      product = 1
    }
    variance = omega + (e < 0 ? alpha + gamma : alpha) * square + beta * variance
  }
  return -0.5 * (sum + Math.log(product) + n * 1.83787706640934548356)
}

/** Variance of each day given the days before it, and at index n the forecast for the day after the last. */
export function garchVariances(values: Float64Array, parameters: GarchParameters, backcast: number): Float64Array {
  const { mu, omega, alpha, gamma, beta } = parameters
  const n = values.length
  const variances = new Float64Array(n + 1)
  variances[0] = omega + (alpha + gamma / 2 + beta) * backcast
  for (let i = 0; i < n; i++) {
    const e = values[i] - mu
    variances[i + 1] = omega + (e < 0 ? alpha + gamma : alpha) * e * e + beta * variances[i]
  }
  return variances
}

/** Σ of the next `days` expected variances: h̄ + persistence^{k−1}(h_{T+1} − h̄) added up, without dividing by 1 − persistence. */
export function garchAggregateVariance(parameters: GarchParameters, next: number, days: number): number {
  const persistence = garchPersistence(parameters)
  let variance = next
  let sum = 0
  for (let k = 0; k < days; k++) {
    sum += variance
    variance = parameters.omega + persistence * variance
  }
  return sum
}
