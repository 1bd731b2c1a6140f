import type { Rng } from '../../kernel/rng.js'

/** How often each block stands in each resample. */
export interface BootstrapWeights {
  readonly resamples: number
  readonly blocks: number
  /** Resample after resample: weights[r · blocks + b]; each row sums to `blocks`. */
  readonly weights: Uint16Array
  /** 1 ÷ mean length: the chance that a run of blocks ends. */
  readonly restart: number
}

/**
 * Stationary bootstrap of blocks. D. N. Politis, J. P. Romano (1994), "The Stationary Bootstrap": runs of neighbouring
 * blocks, around the end into the beginning, of a length with geometric distribution. One draw for all trials, so that
 * their correlation is kept.
 * @param meanRun mean length of a run, in blocks, ≥ 1
 */
export function stationaryWeights(blocks: number, resamples: number, meanRun: number, rng: Rng): BootstrapWeights {
  const drawn = noWeights(blocks, resamples, meanRun)
  drawResamples(drawn, 0, resamples, rng)
  return drawn
}

/** {@link stationaryWeights} before anything is drawn. */
export function noWeights(blocks: number, resamples: number, meanRun: number): BootstrapWeights {
  // In shared memory from the start: of a million bars they take a hundred megabytes.
  const weights = new Uint16Array(new SharedArrayBuffer(2 * resamples * blocks))
  return { resamples, blocks, weights, restart: 1 / meanRun }
}

/** Draws the resamples `from` to `until`, the ones before them being drawn. */
export function drawResamples(
  { blocks, weights, restart }: BootstrapWeights,
  from: number,
  until: number,
  rng: Rng,
): void {
  for (let r = from; r < until; r++) {
    let block = 0
    for (let drawn = 0; drawn < blocks; drawn++) {
      // Both draws on every step: the sequence of one resample does not depend on where runs end.
      const ends = rng.uniform() < restart
      const fresh = rng.integer(blocks)
      block = drawn === 0 || ends ? fresh : block + 1 === blocks ? 0 : block + 1
      weights[r * blocks + block]++
    }
  }
}

/**
 * Variance of √n times the mean of a stationary bootstrap sample, in closed form: C(0) + 2 Σ (1 − i/n)(1 − q)^i C(i) with
 * circular autocovariances C. It equals Hansen's estimator, which writes κ(n, i) over the plain ones.
 * @param scratch as long as `values`
 */
export function stationaryVariance(values: Float64Array, restart: number, scratch: Float64Array): number {
  const n = values.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += values[i]
  mean /= n
  let variance = 0
  for (let i = 0; i < n; i++) {
    scratch[i] = values[i] - mean
    variance += scratch[i] * scratch[i]
  }
  let decay = 1
  for (let lag = 1; lag < n; lag++) {
    decay *= 1 - restart
    // Beyond it no term is seen in the sum.
    if (decay < 1e-14) break
    let covariance = 0
    let j = lag
    for (let i = 0; i < n; i++) {
      covariance += scratch[i] * scratch[j]
      if (++j === n) j = 0
    }
    variance += 2 * (1 - lag / n) * decay * covariance
  }
  return variance / n
}
