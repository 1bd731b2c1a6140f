import { normalQuantile } from '../../kernel/normal-distribution.js'
import { fillNormals, nextWord, streamState } from './normal-stream.js'
import { nextSobolPoint, sobolDirections, sobolPoint } from './sobol.js'
import { studentMixing } from './student-mixing.js'

export const SAMPLINGS = ['pseudo', 'antithetic', 'sobol'] as const
export type Sampling = (typeof SAMPLINGS)[number]

/** Scenarios that share a random stream. Streams go by block, so the scenarios are the same for any number of threads. */
export const BLOCK_SCENARIOS = 65_536
/** Scenarios worked on at a time, so that their normals stay in the processor's cache. */
const CHUNK = 512

/** What every block needs; the two large arrays are shared between threads and each block fills its own part. */
export interface BlockJob {
  readonly seed: number
  readonly sampling: Sampling
  readonly scenarios: number
  readonly positions: number
  /** positions × positions, row-major; P&L = mean + mixing × factor · z. */
  readonly factor: Float64Array
  readonly triangular: boolean
  readonly meanUsd: Float64Array
  /** From {@link studentMixingTable}; null for normals. */
  readonly mixing: Float64Array | null
  /** Scenarios of one scrambled Sobol net, a power of two that divides a block. */
  readonly replicateScenarios: number
  /** P&L of position i in scenario s at i × scenarios + s, USD. */
  readonly pnlUsd: Float64Array
  /** P&L of all positions in a scenario, USD. */
  readonly totalUsd: Float64Array
}

/** Simulates the scenarios of one block. */
export function simulateBlock(job: BlockJob, block: number): void {
  const from = block * BLOCK_SCENARIOS
  const to = Math.min(job.scenarios, from + BLOCK_SCENARIOS)
  const fill = filler(job, block)
  const padded = padFactor(job)
  // Rows: a normal for each column of the padded factor (those beyond the positions stay 0), last the mixing factors.
  const z = new Float64Array(CHUNK * (padded.stride + 1))
  const rows = { upper: new Float64Array(CHUNK), lower: new Float64Array(CHUNK), total: new Float64Array(CHUNK) }
  for (let start = from; start < to; start += CHUNK) {
    fill(z, start)
    writePnl(job, padded, z, rows, start, Math.min(CHUNK, to - start))
  }
}

/** Fills the first `positions` rows of z with a chunk's normals and, for Student-t, its last row with mixing factors. */
type Fill = (z: Float64Array, start: number) => void

function filler(job: BlockJob, block: number): Fill {
  return job.sampling === 'sobol' ? sobolFiller(job) : randomFiller(job, block)
}

function randomFiller({ seed, sampling, positions, mixing }: BlockJob, block: number): Fill {
  const normals = streamState(seed, 'normals', block)
  const mixingStream = streamState(seed, 'mixing', block)
  const antithetic = sampling === 'antithetic'
  const draws = antithetic ? CHUNK / 2 : CHUNK
  return (z) => {
    for (let row = 0; row < positions; row++) {
      fillNormals(normals, z, row * CHUNK, draws)
      if (antithetic) mirror(z, row * CHUNK, -1)
    }
    if (mixing === null) return
    const last = z.length - CHUNK
    fillNormals(mixingStream, z, last, draws)
    for (let i = 0; i < draws; i++) z[last + i] = studentMixing(mixing, z[last + i])
    if (antithetic) mirror(z, last, 1)
  }
}

/** Spreads the first half of a row into pairs: scenario 2k and its mirror 2k + 1. */
function mirror(z: Float64Array, row: number, sign: 1 | -1): void {
  for (let k = CHUNK / 2 - 1; k >= 0; k--) {
    const value = z[row + k]
    z[row + 2 * k] = value
    z[row + 2 * k + 1] = sign * value
  }
}

function sobolFiller({ seed, positions, mixing, replicateScenarios }: BlockJob): Fill {
  const rows = positions + (mixing === null ? 0 : 1)
  const directions = sobolDirections(rows)
  const point = new Uint32Array(rows)
  const shift = new Int32Array(rows)
  let replicate = -1
  return (z, start) => {
    for (let i = 0; i < CHUNK; i++) {
      const index = (start + i) % replicateScenarios
      const own = Math.floor((start + i) / replicateScenarios)
      if (own !== replicate) {
        replicate = own
        const words = streamState(seed, 'shift', replicate)
        for (let row = 0; row < rows; row++) shift[row] = nextWord(words)
      }
      if (i === 0 || index === 0) sobolPoint(directions, index, point)
      else nextSobolPoint(directions, index - 1, point)
      // A digital shift keeps the net's evenness and makes every point uniform; the half step keeps it off 0 and 1.
      for (let row = 0; row < rows; row++) {
        const normal = normalQuantile((((point[row] ^ shift[row]) >>> 0) + 0.5) / 0x1_0000_0000)
        if (mixing === null || row < positions) z[row * CHUNK + i] = normal
        else z[z.length - CHUNK + i] = studentMixing(mixing, normal)
      }
    }
  }
}

/** Columns that one pass of {@link addProducts} takes. */
const COLUMNS = 4

/** The factor with zeros around it: rows in pairs, columns in fours. */
interface PaddedFactor {
  readonly values: Float64Array
  readonly stride: number
}

function padFactor({ factor, positions }: BlockJob): PaddedFactor {
  const stride = Math.ceil(positions / COLUMNS) * COLUMNS
  const values = new Float64Array(2 * Math.ceil(positions / 2) * stride)
  for (let i = 0; i < positions; i++) values.set(factor.subarray(i * positions, (i + 1) * positions), i * stride)
  return { values, stride }
}

interface Rows {
  readonly upper: Float64Array
  readonly lower: Float64Array
  readonly total: Float64Array
}

/** Two positions at a time, so that every normal that is loaded serves both. */
function writePnl(
  job: BlockJob,
  { values, stride }: PaddedFactor,
  z: Float64Array,
  { upper, lower, total }: Rows,
  start: number,
  count: number,
): void {
  const { positions, scenarios, triangular, meanUsd, mixing, pnlUsd, totalUsd } = job
  const mixingAt = mixing === null ? null : z.length - CHUNK
  total.fill(0)
  for (let i = 0; i < positions; i += 2) {
    const columns = triangular ? i + 2 : positions
    upper.fill(0)
    lower.fill(0)
    for (let j = 0; j < columns; j += COLUMNS) {
      addProducts(z, j * CHUNK, values, i * stride + j, stride, upper, lower)
    }
    if (mixingAt !== null) {
      scale(upper, z, mixingAt)
      scale(lower, z, mixingAt)
    }
    writePosition(upper, meanUsd[i], total, pnlUsd, i * scenarios + start, count)
    if (i + 1 < positions) writePosition(lower, meanUsd[i + 1], total, pnlUsd, (i + 1) * scenarios + start, count)
  }
  totalUsd.set(count === CHUNK ? total : total.subarray(0, count), start)
}

/** Adds a 2 × 4 part of the factor times four rows of z. */
function addProducts(
  z: Float64Array,
  from: number,
  factor: Float64Array,
  at: number,
  stride: number,
  upper: Float64Array,
  lower: Float64Array,
): void {
  const u0 = factor[at]
  const u1 = factor[at + 1]
  const u2 = factor[at + 2]
  const u3 = factor[at + 3]
  const l0 = factor[at + stride]
  const l1 = factor[at + stride + 1]
  const l2 = factor[at + stride + 2]
  const l3 = factor[at + stride + 3]
  for (let s = 0; s < CHUNK; s++) {
    const z0 = z[from + s]
    const z1 = z[from + CHUNK + s]
    const z2 = z[from + 2 * CHUNK + s]
    const z3 = z[from + 3 * CHUNK + s]
    upper[s] += u0 * z0 + u1 * z1 + u2 * z2 + u3 * z3
    lower[s] += l0 * z0 + l1 * z1 + l2 * z2 + l3 * z3
  }
}

function scale(row: Float64Array, z: Float64Array, from: number): void {
  for (let s = 0; s < CHUNK; s++) row[s] *= z[from + s]
}

function writePosition(
  row: Float64Array,
  mean: number,
  total: Float64Array,
  pnlUsd: Float64Array,
  at: number,
  count: number,
): void {
  for (let s = 0; s < count; s++) {
    const pnl = mean + row[s]
    pnlUsd[at + s] = pnl
    total[s] += pnl
  }
}
