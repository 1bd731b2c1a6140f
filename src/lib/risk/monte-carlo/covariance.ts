import { mean } from '../../kernel/moments.js'

/**
 * Covariances of P&L vectors, n × n row-major, ddof 1: Σ(x − x̄)(y − ȳ) ÷ (observations − 1).
 * NaN for a single observation.
 */
export function sampleCovariance(columns: readonly Float64Array[]): Float64Array {
  return products(columns.map(centred), (columns[0]?.length ?? 0) - 1)
}

/**
 * Exponentially weighted covariances about zero: S ← λ·S + (1 − λ)·x_t·x_tᵀ for every observation. S starts from the mean
 * product of all of them, or, with `warmUp`, from that of the first few, which are then not used again. RiskMetrics (1996):
 * λ 0.94 for days.
 */
export function ewmaCovariance(columns: readonly Float64Array[], lambda: number, warmUp?: number): Float64Array {
  const n = columns.length
  const observations = columns[0]?.length ?? 0
  const started = columns.map((column) => column.subarray(0, warmUp ?? observations))
  const covariance = products(started, started[0]?.length ?? 0)
  for (let t = warmUp ?? 0; t < observations; t++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const value = lambda * covariance[i * n + j] + (1 - lambda) * columns[i][t] * columns[j][t]
        covariance[i * n + j] = value
        covariance[j * n + i] = value
      }
    }
  }
  return covariance
}

export interface ShrunkCovariance {
  readonly covariance: Float64Array
  /** Weight of the target, 0 (the sample alone) to 1. */
  readonly shrinkage: number
}

/**
 * Covariances (divisor n) drawn towards the mean variance on the diagonal, (1 − δ)·S + δ·(tr S ÷ p)·I, with the δ that
 * minimises the expected squared error. O. Ledoit, M. Wolf (2004), "A well-conditioned estimator for large-dimensional
 * covariance matrices". Invertible however few the observations; the columns should be of like scale.
 */
export function ledoitWolfCovariance(columns: readonly Float64Array[]): ShrunkCovariance {
  const n = columns[0]?.length ?? 0
  const x = columns.map(centred)
  const sample = products(x, n)
  const { centre, squares, distance } = spreadOf(sample, columns.length)
  let fourth = 0
  for (let t = 0; t < n; t++) {
    let length = 0
    for (const column of x) length += column[t] * column[t]
    fourth += length * length
  }
  const noise = (fourth / n - squares) / n
  return shrunk(sample, columns.length, centre, distance > 0 ? Math.max(0, Math.min(1, noise / distance)) : 0)
}

/**
 * The same target with the weight that is best for normal P&L (oracle approximating shrinkage):
 * δ = (tr S² ÷ p² + m²) ÷ ((n + 1)(tr S² ÷ p² − m² ÷ p)), at most 1, with m = tr S ÷ p. Y. Chen, A. Wiesel, Y. Eldar,
 * A. Hero (2010), "Shrinkage Algorithms for MMSE Covariance Estimation", as scikit-learn computes it.
 */
export function oasCovariance(columns: readonly Float64Array[]): ShrunkCovariance {
  const p = columns.length
  const n = columns[0]?.length ?? 0
  const sample = products(columns.map(centred), n)
  const { centre, squares, distance } = spreadOf(sample, p)
  const mean = squares / (p * p)
  const shrinkage =
    distance > 0 ? Math.min(1, (mean + centre * centre) / ((n + 1) * (mean - (centre * centre) / p))) : 0
  return shrunk(sample, p, centre, shrinkage)
}

/** Mean variance, Σ S_ij², and the squared distance from the mean variance on the diagonal. */
function spreadOf(sample: Float64Array, p: number): { centre: number; squares: number; distance: number } {
  let trace = 0
  let squares = 0
  for (let i = 0; i < p; i++) trace += sample[i * p + i]
  for (const value of sample) squares += value * value
  const centre = trace / p
  return { centre, squares, distance: squares - p * centre * centre }
}

function shrunk(sample: Float64Array, p: number, centre: number, shrinkage: number): ShrunkCovariance {
  const covariance = sample.map((value) => (1 - shrinkage) * value)
  for (let i = 0; i < p; i++) covariance[i * p + i] += shrinkage * centre
  return { covariance, shrinkage }
}

function centred(column: Float64Array): Float64Array {
  const centre = mean(column)
  return column.map((value) => value - centre)
}

function products(columns: readonly Float64Array[], divisor: number): Float64Array {
  const n = columns.length
  const result = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let t = 0; t < columns[i].length; t++) sum += columns[i][t] * columns[j][t]
      result[i * n + j] = sum / divisor
      result[j * n + i] = sum / divisor
    }
  }
  return result
}
