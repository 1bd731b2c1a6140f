import { stationaryVariance, type BootstrapWeights } from './block-bootstrap.js'
import type { BlockNumbers, TrialBlocks } from './trial-blocks.js'

/**
 * The highest statistics of some trials: those observed, and those of every resample. The tests of all trials are
 * the maxima of those of its parts, so that threads share the work and none changes a digit.
 */
export interface SnoopingMaxima {
  /** Highest √n d̄; d is what a trial earned in a block, less the benchmark. */
  readonly observed: number
  /** Highest √n d̄ ÷ ω, at least 0. */
  readonly observedStudentised: number
  /** Highest √n (d̄* − d̄) of each resample. */
  readonly realityCheck: Float64Array
  /** Highest √n (d̄* − g(d̄)) ÷ ω of each resample, at least 0, for the three centres g of Hansen. */
  readonly lower: Float64Array
  readonly consistent: Float64Array
  readonly upper: Float64Array
}

/** Trials that are worked on together: their sums stay in the nearest cache while all resamples pass. */
const TILE = 32
/** Resamples of one pass over a trial. */
const LANES = 4
/** Weights that lie side by side at once, in numbers: 32 megabytes. */
const MOST_LANES = 2 ** 22

/**
 * Statistics of the trials `from` to `until` for {@link snoopingPValues}.
 * @param benchmark what the benchmark earned in each block; null for nothing, as a futures position costs nothing to hold
 */
export function snoopingMaxima(
  trials: TrialBlocks,
  bootstrap: BootstrapWeights,
  benchmark: BlockNumbers | null = null,
  from = 0,
  until = trials.trials,
): SnoopingMaxima {
  const { blocks, sums } = trials
  const { resamples, restart } = bootstrap
  const root = Math.sqrt(blocks)
  const realityCheck = new Float64Array(resamples).fill(from < until ? -Infinity : 0)
  const lower = new Float64Array(resamples)
  const consistent = new Float64Array(resamples)
  const upper = new Float64Array(resamples)
  let observed = -Infinity
  let observedStudentised = 0
  const tile = new Float64Array(TILE * blocks)
  const row = new Float64Array(blocks)
  const scratch = new Float64Array(blocks)
  /** Of each trial 1 ÷ ω, 0 for one that did nothing; and the two shifts of the centre. */
  const perOmega = new Float64Array(until - from)
  const lowerShift = new Float64Array(until - from)
  const consistentShift = new Float64Array(until - from)
  const products = new Float64Array(2 * LANES)
  const note = (resample: number, deviation: number, t: number): void => {
    if (deviation > realityCheck[resample]) realityCheck[resample] = deviation
    const score = deviation * perOmega[t]
    if (score > upper[resample]) upper[resample] = score
    if (score + consistentShift[t] > consistent[resample]) consistent[resample] = score + consistentShift[t]
    if (score + lowerShift[t] > lower[resample]) lower[resample] = score + lowerShift[t]
  }
  const bound = -Math.sqrt(2 * Math.log(Math.log(Math.max(3, blocks))))
  /** What a trial earned in each block less the benchmark, at `to` of `rows`; returns the sum. */
  const earned = (trial: number, rows: Float64Array, to: number): number => {
    const at = trial * blocks
    let total = 0
    for (let b = 0; b < blocks; b++) {
      const value = sums[at + b] - (benchmark === null ? 0 : benchmark[b])
      rows[to + b] = value
      total += value
    }
    return total
  }
  for (let t = 0; t < until - from; t++) {
    const mean = earned(from + t, row, 0) / root
    const variance = stationaryVariance(row, restart, scratch)
    const inverse = variance > 0 ? 1 / Math.sqrt(variance) : 0
    const score = mean * inverse
    perOmega[t] = inverse
    lowerShift[t] = Math.min(0, score)
    consistentShift[t] = score <= bound ? score : 0
    observed = Math.max(observed, mean)
    observedStudentised = Math.max(observedStudentised, score)
  }
  const group = LANES * Math.max(1, Math.floor(MOST_LANES / (LANES * blocks)))
  const lanes = new Float64Array(Math.min(group, Math.ceil(resamples / LANES) * LANES) * blocks)
  for (let first = 0; first < resamples; first += group) {
    const last = Math.min(resamples, first + group)
    interleave(bootstrap, first, last, lanes)
    for (let start = from; start < until; start += TILE) {
      const count = Math.min(TILE, until - start)
      for (let t = 0; t < count; t++) earned(start + t, tile, t * blocks)
      // The last trial of an odd tile is paired with itself: a maximum does not mind.
      for (let r = first; r < last; r += LANES) {
        const used = Math.min(LANES, last - r)
        for (let t = 0; t < count; t += 2) {
          const u = Math.min(t + 1, count - 1)
          multiply(tile, t * blocks, u * blocks, lanes, (r - first) * blocks, blocks, products)
          for (let lane = 0; lane < used; lane++) {
            note(r + lane, products[lane] / root, start - from + t)
            note(r + lane, products[LANES + lane] / root, start - from + u)
          }
        }
      }
    }
  }
  return { observed, observedStudentised, realityCheck, lower, consistent, upper }
}

/** Products of two trials with four resamples, two times four sums. */
function multiply(
  tile: Float64Array,
  one: number,
  other: number,
  lanes: Float64Array,
  from: number,
  blocks: number,
  products: Float64Array,
): void {
  let a0 = 0
  let a1 = 0
  let a2 = 0
  let a3 = 0
  let b0 = 0
  let b1 = 0
  let b2 = 0
  let b3 = 0
  let w = from
  const end = one + blocks
  for (let i = one, j = other; i < end; i++, j++) {
    const x = tile[i]
    const y = tile[j]
    const w0 = lanes[w]
    const w1 = lanes[w + 1]
    const w2 = lanes[w + 2]
    const w3 = lanes[w + 3]
    a0 += x * w0
    a1 += x * w1
    a2 += x * w2
    a3 += x * w3
    b0 += y * w0
    b1 += y * w1
    b2 += y * w2
    b3 += y * w3
    w += LANES
  }
  products[0] = a0
  products[1] = a1
  products[2] = a2
  products[3] = a3
  products[4] = b0
  products[5] = b1
  products[6] = b2
  products[7] = b3
}

/** Weights less 1 of the resamples `first` to `last`, four side by side for each block, the last ones filled up with nothing. */
function interleave({ blocks, weights }: BootstrapWeights, first: number, last: number, lanes: Float64Array): void {
  lanes.fill(0)
  for (let r = first; r < last; r++) {
    const lane = (r - first) % LANES
    const tile = (r - first - lane) * blocks + lane
    for (let b = 0; b < blocks; b++) lanes[tile + b * LANES] = weights[r * blocks + b] - 1
  }
}

/** Maxima of all parts together. */
export function mergeMaxima(parts: readonly SnoopingMaxima[]): SnoopingMaxima {
  const most = (columns: readonly Float64Array[]): Float64Array =>
    columns[0].map((_, i) => columns.reduce((highest, column) => Math.max(highest, column[i]), -Infinity))
  return {
    observed: Math.max(...parts.map(({ observed }) => observed)),
    observedStudentised: Math.max(...parts.map(({ observedStudentised }) => observedStudentised)),
    realityCheck: most(parts.map(({ realityCheck }) => realityCheck)),
    lower: most(parts.map(({ lower }) => lower)),
    consistent: most(parts.map(({ consistent }) => consistent)),
    upper: most(parts.map(({ upper }) => upper)),
  }
}

export interface SnoopingPValues {
  /** White's reality check. */
  readonly realityCheck: number
  /** Hansen's test for superior predictive ability; lower ≤ consistent ≤ upper. */
  readonly spa: { readonly lower: number; readonly consistent: number; readonly upper: number }
}

/**
 * How often the best of the trials would have done as well as it did if none had an edge over the benchmark: share of
 * resamples whose statistic reaches the observed one, (1 + count) ÷ (1 + resamples), so that it is never 0. H. White (2000),
 * "A Reality Check for Data Snooping"; P. R. Hansen (2005), "A Test for Superior Predictive Ability".
 */
export function snoopingPValues(maxima: SnoopingMaxima): SnoopingPValues {
  const share = (statistics: Float64Array, observed: number): number => {
    let reached = 1
    for (let i = 0; i < statistics.length; i++) if (statistics[i] >= observed) reached++
    return reached / (1 + statistics.length)
  }
  return {
    realityCheck: share(maxima.realityCheck, maxima.observed),
    spa: {
      lower: share(maxima.lower, maxima.observedStudentised),
      consistent: share(maxima.consistent, maxima.observedStudentised),
      upper: share(maxima.upper, maxima.observedStudentised),
    },
  }
}
