import { mean } from '../../kernel/moments.js'

export interface BlockLengths {
  /** Mean length of the geometric blocks of the stationary bootstrap, at least 1, not rounded. */
  readonly stationary: number
  /** Length of the fixed blocks of the circular (and moving) block bootstrap, rounded up. */
  readonly circular: number
  /** Lag after which the correlogram says nothing any more. */
  readonly lag: number
}

/**
 * Block length that minimises the mean squared error of the variance of a bootstrapped mean:
 * b = (2g² ÷ d)^⅓ n^⅓ with g = Σ λ(k/M)|k|γ(k), d = 2s² (stationary) or 4⁄3·s² (circular), s = Σ λ(k/M)γ(k), λ the flat-top window
 * 1 to ½ and 2(1 − |x|) to 1, M twice the first lag from which max(5, ⌊log₁₀ n⌋) autocorrelations lie within
 * ±2√(log₁₀ n ÷ n); at most ⌈min(3√n, n/3)⌉. D. N. Politis, H. White (2004), "Automatic Block-Length Selection for the Dependent
 * Bootstrap", with the correction of A. Patton, D. N. Politis, H. White (2009).
 * @param values in order of time; 1 where they do not vary or are fewer than 8
 */
export function blockLengths(values: Float64Array): BlockLengths {
  const n = values.length
  const covariance = autocovariance(values)
  if (n < 8 || !(covariance(0) > 1e-24 * mean(values) ** 2)) return { stationary: 1, circular: 1, lag: 0 }
  const run = Math.max(5, Math.floor(Math.log10(n)))
  const lags = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + run)
  const gamma = Float64Array.from({ length: lags + 1 }, (_, k) => covariance(k))
  const lag = lastLag(gamma, run, 2 * Math.sqrt(Math.log10(n) / n))
  const window = Math.min(lags, 2 * Math.max(1, lag))
  let weighted = 0
  let spectrum = gamma[0]
  for (let k = 1; k <= window; k++) {
    const flatTop = k / window <= 0.5 ? 1 : 2 * (1 - k / window)
    weighted += 2 * flatTop * k * gamma[k]
    spectrum += 2 * flatTop * gamma[k]
  }
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3))
  const squares = (weighted / spectrum) ** 2
  const within = (length: number): number => Math.min(longest, Math.max(1, Number.isFinite(length) ? length : 1))
  return {
    stationary: within(Math.cbrt(squares * n)),
    circular: Math.ceil(within(Math.cbrt(1.5 * squares * n)) - 1e-9),
    lag,
  }
}

/** First lag from which `run` correlations in a row are insignificant; else the last significant one. */
function lastLag(gamma: Float64Array, run: number, bound: number): number {
  let inARow = 0
  let significant = 1
  for (let k = 1; k < gamma.length; k++) {
    if (Math.abs(gamma[k] / gamma[0]) < bound) inARow++
    else [inARow, significant] = [0, k]
    if (inARow === run) return k - run + 1
  }
  return significant
}

/** γ(k) = Σ (x_t − x̄)(x_{t+k} − x̄) ÷ n. */
function autocovariance(values: Float64Array): (lag: number) => number {
  const n = values.length
  const centre = mean(values)
  const centred = values.map((value) => value - centre)
  return (lag) => {
    let sum = 0
    for (let i = lag; i < n; i++) sum += centred[i] * centred[i - lag]
    return sum / n
  }
}
