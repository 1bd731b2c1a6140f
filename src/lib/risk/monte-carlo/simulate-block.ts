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
  const z = new Float64Array(CHUNK * (job.positions + 1))
  for (let start = from; start < to; start += CHUNK) {
    fill(z, start)
    writePnl(job, z, start, Math.min(CHUNK, to - start))
  }
}

/** Fills z with `positions` rows of a chunk's normals and, for Student-t, a last row of mixing factors. */
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
    const last = positions * CHUNK
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
        z[row * CHUNK + i] = normalQuantile((((point[row] ^ shift[row]) >>> 0) + 0.5) / 0x1_0000_0000)
      }
    }
    if (mixing === null) return
    const last = positions * CHUNK
    for (let i = 0; i < CHUNK; i++) z[last + i] = studentMixing(mixing, z[last + i])
  }
}

function writePnl(job: BlockJob, z: Float64Array, start: number, count: number): void {
  const { positions, scenarios, factor, triangular, meanUsd, mixing, pnlUsd, totalUsd } = job
  for (let i = 0; i < positions; i++) {
    const at = i * scenarios + start
    const columns = triangular ? i + 1 : positions
    const row = i * positions
    let j = 0
    for (let s = 0; s < count; s++) pnlUsd[at + s] = 0
    for (; j + 3 < columns; j += 4) {
      const f0 = factor[row + j]
      const f1 = factor[row + j + 1]
      const f2 = factor[row + j + 2]
      const f3 = factor[row + j + 3]
      const z0 = j * CHUNK
      for (let s = 0; s < count; s++) {
        pnlUsd[at + s] +=
          f0 * z[z0 + s] + f1 * z[z0 + CHUNK + s] + f2 * z[z0 + 2 * CHUNK + s] + f3 * z[z0 + 3 * CHUNK + s]
      }
    }
    for (; j < columns; j++) {
      const f = factor[row + j]
      const z0 = j * CHUNK
      for (let s = 0; s < count; s++) pnlUsd[at + s] += f * z[z0 + s]
    }
    const mean = meanUsd[i]
    const last = positions * CHUNK
    for (let s = 0; s < count; s++) {
      const pnl = mean + (mixing === null ? pnlUsd[at + s] : pnlUsd[at + s] * z[last + s])
      pnlUsd[at + s] = pnl
      totalUsd[start + s] = i === 0 ? pnl : totalUsd[start + s] + pnl
    }
  }
}
